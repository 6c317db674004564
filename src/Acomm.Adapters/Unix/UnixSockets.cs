using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Connects unix stream sockets, and says what went wrong in our own terms.</summary>
internal static class UnixSockets
{
    /// <summary>Connects within the limit. What fails here was not sent.</summary>
    public static async Task<Either<AcommError, Socket>> ConnectAsync(Address address, TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        if (address.UnixPath.Case is not string path)
            return (AcommError)address.UnixPath.Case;
        using var over = new Deadline(limit, time, cancel);
        Socket? socket = null;
        try
        {
            // Even this fails, when the process is out of file descriptors.
            socket = New();
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), over.Token).ConfigureAwait(false);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return OutcomeOf(e).ErrorAt(address, e.Message);
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            socket?.Dispose();
            return new AcommError.PeerUnreachable(address, $"no connection within {limit.TotalSeconds:0.###} s");
        }
        catch
        {
            socket?.Dispose();
            throw;
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
    public static Socket New()
    {
        DescriptorReserve.Check();
        try
        {
            return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        }
        catch (SocketException)
        {
            DescriptorReserve.Release();
            throw;
        }
    }

    private static ConnectOutcome OutcomeOf(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable => ConnectOutcome.NoSuchSocket,
        SocketError.ConnectionRefused => ConnectOutcome.NobodyListens,
        SocketError.WouldBlock or SocketError.TryAgain or SocketError.InProgress => ConnectOutcome.QueueFull,
        _ => ConnectOutcome.Failed,
    };
}
