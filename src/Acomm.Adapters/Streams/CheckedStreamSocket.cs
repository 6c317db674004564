namespace Acomm.Adapters;

/// <summary>
/// How two of our own peers tell a whole stream from one that broke off, on a socket that carries nothing but its bytes.
/// The name of the socket says that its server knows this. The consumer writes one byte when it has connected. A server
/// whose source is through ends its side, so that the consumer reads a clean end, and waits for it to go. A server whose
/// source failed closes with that byte unread, which the system reports to the consumer as a reset. A Go consumer writes
/// nothing and reads a clean end either way, and a Go server's socket has another name.
/// </summary>
internal static class CheckedStreamSocket
{
    /// <summary>What the consumer writes.</summary>
    public static readonly byte[] Hello = [6];

    private const string Suffix = ".acomm";
    private const int RandomBytes = 8;

    /// <summary>The bytes that a name adds to its directory.</summary>
    public const int NameBytes = 1 + (2 * RandomBytes) + 6;

    public static string NewPath(string directory, Func<int, byte[]> random) =>
        Path.Combine(directory, Convert.ToHexStringLower(random(RandomBytes)) + Suffix);

    public static bool IsChecked(string path) => path.EndsWith(Suffix, StringComparison.Ordinal);
}
