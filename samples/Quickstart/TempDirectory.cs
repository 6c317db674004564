namespace Acomm.Samples.Quickstart;

/// <summary>A directory for the sockets, for this user only. Its path is short, since that of a socket has to be.</summary>
internal sealed class TempDirectory : IDisposable
{
    private const string Prefix = "acomm-";

    private TempDirectory(string fullName) => FullName = fullName;

    public string FullName { get; }

    public static TempDirectory Create()
    {
        try
        {
            return new TempDirectory(Directory.CreateTempSubdirectory(Prefix).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotAsExpectedException($"no directory can be made in '{Path.GetTempPath()}': {e.Message}");
        }
    }

    public static bool IsOne(string path) => Path.IsPathRooted(path) && Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Removes it with what was left in it; the other process may do the same at the same time.</summary>
    public static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
    }

    public void Dispose() => Remove(FullName);
}
