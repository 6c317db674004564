using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Acomm.AdapterTests.Support;

/// <summary>What a peer does with a document that came in, on the connection that it came on.</summary>
internal delegate Task OnMessage(JsonObject document, NetworkStream connection);

/// <summary>A unix socket as a Go peer has it: a document a connection, one acknowledgement, close.</summary>
internal sealed class GoUnixPeer : IAsyncDisposable
{
    private readonly TempDirectory directory = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Channel<JsonObject> received = Channel.CreateUnbounded<JsonObject>();
    private readonly TaskCompletionSource closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OnMessage onMessage;
    private readonly Task accepting;

    public GoUnixPeer(OnMessage? onMessage = null)
    {
        this.onMessage = onMessage ?? ((_, connection) => connection.WriteAsync(GoWire.Framed(GoWire.Ack())).AsTask());
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen(64);
        accepting = AcceptAsync();
    }

    public string Path => directory.At("go.sock");

    public string Url => $"unix://{Path}";

    /// <summary>Completes when the peer is closed: for one that keeps still until then.</summary>
    public Task Closing => closing.Task;

    /// <summary>The next document that came in.</summary>
    public Task<JsonObject> NextAsync() => received.Reader.ReadAsync().Within();

    public async ValueTask DisposeAsync()
    {
        closing.TrySetResult();
        listener.Dispose();
        await accepting;
        directory.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            received.Writer.Complete();
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var connection = new NetworkStream(socket, ownsSocket: true);
        try
        {
            var document = await GoWire.ReadAsync(connection);
            received.Writer.TryWrite(document);
            await onMessage(document, connection);
        }
        catch (IOException)
        {
            // The other side went; that is what some tests are about.
        }
    }
}
