using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Acomm.AdapterTests.Support;

/// <summary>A server that replies to every request with bytes that a test chose, whatever they are, and closes.</summary>
internal sealed class RawHttpServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<NetworkStream, Task> reply;
    private readonly Task accepting;
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> heads = new();

    public RawHttpServer(Func<NetworkStream, Task> reply)
    {
        this.reply = reply;
        listener.Start();
        accepting = AcceptAsync();
    }

    public RawHttpServer(string reply)
        : this(connection => connection.WriteAsync(Encoding.UTF8.GetBytes(reply)).AsTask())
    {
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    /// <summary>Requests that came in.</summary>
    public int Requests => heads.Count;

    /// <summary>Their first lines and headers.</summary>
    public IReadOnlyCollection<string> Heads => heads;

    /// <summary>Completes when a whole request has come in.</summary>
    public Task Requested => first.Task.Within();

    /// <summary>The text of a whole reply.</summary>
    public static string Reply(int status, string body, string mediaType = "application/json", string headers = "") =>
        $"HTTP/1.1 {status} Whatever\r\nContent-Type: {mediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
        + $"Connection: close\r\n{headers}\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed by the test.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var connection = client.GetStream();
                if (!await ReadRequestAsync(connection))
                    return;
                first.TrySetResult();
                await reply(connection);
            }
            catch (IOException)
            {
                // The client went, which it may.
            }
        }
    }

    private async Task<bool> ReadRequestAsync(NetworkStream connection)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await connection.ReadAsync(one) == 0)
                return false;
            text.Append((char)one[0]);
        }

        var length = text.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        await connection.ReadExactlyAsync(new byte[length is null ? 0 : int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)]);
        heads.Enqueue(text.ToString());
        return true;
    }
}
