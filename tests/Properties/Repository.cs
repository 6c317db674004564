namespace Acomm.Properties;

/// <summary>The repository that the tests run inside of.</summary>
internal static class Repository
{
    private static readonly DirectoryInfo Root = Above(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The full path of a path in it.</summary>
    public static string At(string path) => Path.Combine(Root.FullName, path);

    private static DirectoryInfo Above(DirectoryInfo from) => File.Exists(Path.Combine(from.FullName, "Acomm.sln"))
        ? from
        : Above(from.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository"));
}
