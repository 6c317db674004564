using System.Net.Sockets;

namespace Acomm.Bench.Peers;

/// <summary>The floor: 200 bytes there and back on a socket of each caller's own, and nothing else.</summary>
internal sealed class RawEcho : IPeerClient
{
    private const int Bytes = 200;

    private readonly Socket[] sockets;
    private readonly byte[][] buffers;

    private RawEcho(Socket[] sockets) => (this.sockets, buffers) = (sockets, [.. sockets.Select(_ => new byte[Bytes])]);

    public static PeerKind Kind { get; } = new("raw", "raw 200-byte echo", ServeAsync, ConnectAsync);

    public async Task CallAsync(int caller)
    {
        await sockets[caller].SendAsync(buffers[caller]);
        if (!await ReadAsync(sockets[caller], buffers[caller]))
            throw new IOException("the echo server closed");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var socket in sockets)
            socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<IPeerClient> ConnectAsync(string directory, int callers)
    {
        var sockets = new Socket[callers];
        for (var i = 0; i < callers; i++)
        {
            sockets[i] = NewSocket();
            await sockets[i].ConnectAsync(new UnixDomainSocketEndPoint(PeerKind.SocketIn(directory)));
        }

        return new RawEcho(sockets);
    }

    private static async Task ServeAsync(string directory, Action listening, CancellationToken cancel)
    {
        using var listener = NewSocket();
        listener.Bind(new UnixDomainSocketEndPoint(PeerKind.SocketIn(directory)));
        listener.Listen(1024);
        listening();
        while (true)
            _ = EchoAsync(await listener.AcceptAsync(cancel));
    }

    private static async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[Bytes];
            while (await ReadAsync(socket, buffer))
                await socket.SendAsync(buffer);
        }
    }

    private static async Task<bool> ReadAsync(Socket socket, byte[] buffer)
    {
        for (var got = 0; got < Bytes;)
        {
            var more = await socket.ReceiveAsync(buffer.AsMemory(got));
            if (more == 0)
                return false;
            got += more;
        }

        return true;
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
