using System.Net.Sockets;

namespace Acomm.Adapters;

/// <summary>Notices that the other side of a unix socket was closed, while nothing is read from it or written to it.</summary>
internal static class PeerWatch
{
    private const int SolSocket = 1;
    private const int SoPeekOff = 42;

    /// <summary>
    /// Waits until the peer has closed, and says whether it has; not so if the wait is given up, or the peer only ended its
    /// sending side. What the peer wrote stays unread: on Linux each peek goes on behind the one before. Elsewhere a
    /// peer that has written cannot be watched, and is found gone when it is written to.
    /// </summary>
    public static async Task<bool> IsClosedByPeerAsync(this Socket socket, CancellationToken cancel)
    {
        var peeked = new byte[64];
        try
        {
            var advances = Advances(socket);
            while (await socket.ReceiveAsync(peeked, SocketFlags.Peek, cancel).ConfigureAwait(false) > 0)
            {
                if (!advances)
                    return false;
            }

            // Fails where the peer takes nothing any more.
            socket.Send(ReadOnlySpan<byte>.Empty);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private static bool Advances(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            socket.SetRawSocketOption(SolSocket, SoPeekOff, BitConverter.GetBytes(0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
