using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Connects unix stream sockets, and says what went wrong in our own terms.</summary>
internal static class UnixSockets
{
    /// <summary>
    /// Connects. A connection is made at once or not at all: it needs nobody who accepts it, but room in the queue. What
    /// fails here was not sent. The socket does not block.
    /// </summary>
    public static Either<AcommError, Socket> Connect(Address address)
    {
        if (address.UnixPath.Case is not string path)
            return (AcommError)address.UnixPath.Case;
        Socket? socket = null;
        try
        {
            // Even this fails, when the process is out of file descriptors.
            socket = New();
            socket.Blocking = false;
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return OutcomeOf(e).ErrorAt(address, e.Message);
        }
    }

    /// <summary>Connects to see whether anybody is there, and goes.</summary>
    public static async Task<ConnectOutcome> ProbeAsync(string path, CancellationToken cancel)
    {
        using var probe = New();
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
            return ConnectOutcome.Connected;
        }
        catch (SocketException e)
        {
            return OutcomeOf(e);
        }
    }

    /// <summary>A socket that is neither bound nor connected. Throws <see cref="SocketException"/>.</summary>
    public static Socket New() =>
        DescriptorReserve.Open(static () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));

    private static ConnectOutcome OutcomeOf(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable => ConnectOutcome.NoSuchSocket,
        SocketError.ConnectionRefused => ConnectOutcome.NobodyListens,
        SocketError.WouldBlock or SocketError.TryAgain or SocketError.InProgress => ConnectOutcome.QueueFull,
        _ => ConnectOutcome.Failed,
    };
}
