namespace Acomm.AdapterTests.Support;

/// <summary>Files of the repository that tests hold the code to.</summary>
internal static class Repository
{
    private static readonly string Root = Above(new DirectoryInfo(AppContext.BaseDirectory)).FullName;

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static DirectoryInfo Above(DirectoryInfo from) => File.Exists(Path.Combine(from.FullName, "Acomm.sln"))
        ? from
        : Above(from.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository"));
}
