using System.Net.Http.Headers;
using System.Text.Json;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Watching;

/// <summary>What came back is not what a node says of itself.</summary>
internal sealed class StatusUnreadableException(Address from, string reason) : Exception($"StatusUnreadable: the reply of {from.Shown} is no status of a node: {Shown.Text(reason)}");

/// <summary>A reply, and what it says.</summary>
internal sealed record StatusReply(byte[] Json, NodeSample Sample);

/// <summary>Asks a node what it is doing. Nothing is followed or kept, and no more is read than such a reply can have.</summary>
internal sealed class StatusClient(Address address) : IDisposable
{
    public const int LimitBytes = 4 << 20;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string target = address.HttpTarget.OrThrow();
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = 64,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        DefaultRequestHeaders = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>The address to ask: as it was given, or, where it has no path, that of the sample node.</summary>
    public static Address Of(string url)
    {
        var address = Address.Parse(url).OrThrow();
        address.HttpTarget.OrThrow();
        return address.Path is "" or "/" && address.RawQuery.Length == 0 ? address.Append("status") : address;
    }

    /// <summary>One reply; <see cref="AcommException"/> or <see cref="StatusUnreadableException"/> where there is none.</summary>
    public async Task<StatusReply> AskAsync(CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        over.CancelAfter(Patience);
        try
        {
            using var reply = await client.GetAsync(target, HttpCompletionOption.ResponseHeadersRead, over.Token);
            if ((int)reply.StatusCode is var status and (< 200 or >= 300))
                throw new AcommException(status is >= 300 and < 400 ? new AcommError.RedirectRefused(address, status) : new AcommError.HttpStatus(address, status));
            var json = await ReadAsync(reply, over.Token);
            return new StatusReply(json, NodeSample.Parse(json));
        }
        catch (JsonException e)
        {
            throw new StatusUnreadableException(address, e.Message);
        }
        catch (HttpRequestException e)
        {
            throw new AcommException(HttpFailure.At(StageOf(e), address, isWritten: false, (e.InnerException ?? e).Message));
        }
        catch (IOException e)
        {
            throw new StatusUnreadableException(address, e.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new AcommException(new AcommError.AckTimeout(address, Patience));
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<byte[]> ReadAsync(HttpResponseMessage reply, CancellationToken cancel)
    {
        await using var body = await reply.Content.ReadAsStreamAsync(cancel);
        var read = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (read.Length + count > LimitBytes)
                throw new StatusUnreadableException(address, $"it has more than {LimitBytes} bytes");
            read.Write(buffer.AsSpan(0, count));
        }

        return read.ToArray();
    }

    private static HttpStage StageOf(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => HttpStage.Name,
        HttpRequestError.ConnectionError => HttpStage.Connection,
        HttpRequestError.SecureConnectionError => HttpStage.Handshake,
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => HttpStage.Reply,
        _ => HttpStage.Exchange,
    };
}
