using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>
/// The sockets of a node's ad-hoc streams: one directory, names that nobody can guess, and a prefix that only this
/// node's socket path has, so that a successor on that path knows what a killed predecessor has left.
/// </summary>
/// <remarks>
/// The names also say how two of our own peers tell a whole stream from one that broke off, on a socket that carries
/// nothing but its bytes. The consumer writes one byte when it has connected. A server whose source is through ends its
/// side, so that the consumer reads a clean end, and waits for it to go. A server whose source failed closes with that
/// byte unread, which the system reports to the consumer as a reset. A Go consumer writes nothing and reads a clean end
/// either way, and a Go server's socket has another name.
/// </remarks>
internal sealed class StreamSockets(string directory, string socketPath, SocketAccess access)
{
    /// <summary>What the consumer writes.</summary>
    public static readonly byte[] Hello = [6];

    private const string Suffix = ".acomm";
    private const int PrefixBytes = 4;
    private const int RandomBytes = 8;

    /// <summary>The bytes that a name adds to its directory, the slash included.</summary>
    public const int NameBytes = 1 + (2 * PrefixBytes) + 1 + (2 * RandomBytes) + 6;

    private readonly string prefix = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(socketPath)).AsSpan(0, PrefixBytes)) + "-";

    public static bool IsChecked(string path) => path.EndsWith(Suffix, StringComparison.Ordinal);

    public string NewPath() => Path.Combine(directory, prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes)) + Suffix);

    /// <summary>Listens on a new path, for one consumer.</summary>
    public Either<AcommError, BoundSocket> Listen(string path) => BoundSocket.Fresh(path, access, backlog: 1);

    /// <summary>Whether a consumer may read; <see cref="AcommError.PeerForbidden"/> if not.</summary>
    public Either<AcommError, PeerIdentity> Check(Socket consumer) => access.Check(UnixPeer.Of(consumer));

    /// <summary>Makes and checks the directory and removes what a predecessor left. Only for one who holds the socket path.</summary>
    public Either<AcommError, Unit> Prepare()
    {
        try
        {
            if (SocketDirectories.Prepare(directory, access).Case is AcommError error)
                return error;
            foreach (var left in Directory.EnumerateFiles(directory, prefix + "*" + Suffix))
            {
                if (TakeOver.IsLeftover(NativeFile.Status(left), NativeFile.User))
                    File.Delete(left);
            }

            return Unit.Default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AcommError.ListenFailed(directory, e.Message);
        }
    }
}
