using System.Net.Sockets;

namespace Acomm.AdapterTests.Support;

/// <summary>A unix socket that writes its bytes to the first who connects, and closes: a stream of a Go peer.</summary>
internal sealed class GoStreamServer : IAsyncDisposable
{
    private readonly TempDirectory directory = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task serving;

    public GoStreamServer(byte[] bytes)
    {
        listener.Bind(new UnixDomainSocketEndPoint(directory.At("data.sock")));
        listener.Listen(1);
        serving = ServeAsync(bytes);
    }

    public string Url => $"unix://{directory.At("data.sock")}";

    /// <summary>Reads a stream to its end, as a Go peer does: it connects, and writes nothing.</summary>
    public static async Task<byte[]> ReadAllAsync(string url)
    {
        using var socket = await GoWire.DialAsync(new Uri(url).AbsolutePath);
        await using var stream = new NetworkStream(socket);
        var read = new MemoryStream();
        await stream.CopyToAsync(read).Within();
        return read.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
        directory.Dispose();
    }

    private async Task ServeAsync(byte[] bytes)
    {
        try
        {
            using var consumer = await listener.AcceptAsync();
            await using var stream = new NetworkStream(consumer);
            await stream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // Nobody came, or whoever came did not stay.
        }
    }
}
