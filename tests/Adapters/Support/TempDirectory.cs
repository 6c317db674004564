using System.Security.Cryptography;

namespace Acomm.AdapterTests.Support;

/// <summary>A directory of the test's own, with a path short enough for sockets.</summary>
internal sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Directory.CreateDirectory(Path);

    public string Path { get; } = $"/tmp/ac-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
