using System.Net.Sockets;
using StreamJsonRpc;

namespace Acomm.Bench.Peers;

/// <summary>StreamJsonRpc on one connection, framed by lengths, written by System.Text.Json.</summary>
internal sealed class StreamJsonRpcPeer(JsonRpc rpc) : IPeerClient
{
    private const string Method = "echo";

    public static PeerKind Kind { get; } = new("streamjsonrpc", "StreamJsonRpc", ServeAsync, ConnectAsync);

    public async Task CallAsync(int caller)
    {
        var back = await rpc.InvokeAsync<Payload>(Method, Payload.Sample);
        if (back.Size != Payload.Sample.Size)
            throw new InvalidDataException($"{back} came back");
    }

    public ValueTask DisposeAsync()
    {
        rpc.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<IPeerClient> ConnectAsync(string directory, int callers)
    {
        var socket = NewSocket();
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(PeerKind.SocketIn(directory)));
        var rpc = new JsonRpc(NewHandler(socket));
        rpc.StartListening();
        return new StreamJsonRpcPeer(rpc);
    }

    private static async Task ServeAsync(string directory, Action listening, CancellationToken cancel)
    {
        using var listener = NewSocket();
        listener.Bind(new UnixDomainSocketEndPoint(PeerKind.SocketIn(directory)));
        listener.Listen(64);
        listening();
        while (true)
        {
            var rpc = new JsonRpc(NewHandler(await listener.AcceptAsync(cancel)));
            rpc.AddLocalRpcMethod(Method, (Payload payload) => payload);
            rpc.StartListening();
        }
    }

    private static LengthHeaderMessageHandler NewHandler(Socket socket)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        return new LengthHeaderMessageHandler(stream, stream, new SystemTextJsonFormatter());
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
