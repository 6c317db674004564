namespace Acomm.DocumentTests;

/// <summary>The repository that the tests run inside of.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "StrykerOutput", "TestResults", ".git", "corpus"];

    public static readonly string Root = Above(new DirectoryInfo(AppContext.BaseDirectory)).FullName;

    /// <summary>The full path of a path in it.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(At(path));

    /// <summary>The paths of its files of a kind, without what is built.</summary>
    public static IEnumerable<string> Files(string pattern) => Files(new DirectoryInfo(Root), pattern)
        .Select(file => Path.GetRelativePath(Root, file.FullName))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Files(DirectoryInfo directory, string pattern) => directory.EnumerateFiles(pattern)
        .Concat(directory.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name)).SelectMany(d => Files(d, pattern)));

    private static DirectoryInfo Above(DirectoryInfo from) => File.Exists(Path.Combine(from.FullName, "Acomm.sln"))
        ? from
        : Above(from.Parent ?? throw new InvalidOperationException("the tests do not run inside the repository"));
}
