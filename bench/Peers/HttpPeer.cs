using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Acomm.Bench.Peers;

/// <summary>JSON over HTTP/1.1, on Kestrel.</summary>
internal sealed class HttpPeer(HttpClient client) : IPeerClient
{
    private static readonly Uri Target = new("http://localhost/echo");

    public static PeerKind Kind { get; } = new("http", "HTTP/1.1 JSON", ServeAsync, ConnectAsync);

    public async Task CallAsync(int caller)
    {
        using var response = await client.PostAsJsonAsync(Target, Payload.Sample, PayloadContext.Default.Payload);
        response.EnsureSuccessStatusCode();
        var back = await response.Content.ReadFromJsonAsync(PayloadContext.Default.Payload);
        if (back?.Size != Payload.Sample.Size)
            throw new InvalidDataException($"{back} came back");
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<IPeerClient> ConnectAsync(string directory, int callers) =>
        Task.FromResult<IPeerClient>(new HttpPeer(new HttpClient(UnixHttp.NewHandler(directory))));

    private static Task ServeAsync(string directory, Action listening, CancellationToken cancel) => UnixHttp.ServeAsync(
        directory,
        HttpProtocols.Http1,
        services => services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, PayloadContext.Default)),
        app => app.MapPost("/echo", (Payload payload) => payload),
        listening,
        cancel);
}
