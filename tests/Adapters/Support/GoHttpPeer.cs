using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Support;

/// <summary>A Go peer's HTTP server: it takes requests and responses anywhere but at <c>/data</c>, where a stream can be read.</summary>
internal sealed class GoHttpPeer : IAsyncDisposable
{
    private readonly Channel<JsonObject> received = Channel.CreateUnbounded<JsonObject>();
    private readonly WebApplication app;

    private GoHttpPeer(WebApplication app) => this.app = app;

    /// <summary>The connections on which documents came in, one for each document.</summary>
    public ConcurrentQueue<string> Connections { get; } = new();

    public string Url => app.Urls.First();

    public string Hook => $"{Url}/hook";

    public string Data => $"{Url}/data";

    /// <summary>The next document that came in.</summary>
    public Task<JsonObject> NextAsync() => received.Reader.ReadAsync().Within();

    public static async Task<GoHttpPeer> StartAsync(Func<JsonObject, JsonObject>? acknowledge = null, RequestDelegate? data = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var peer = new GoHttpPeer(app);
        if (data is not null)
            app.MapGet("/data", data);
        app.MapPost("/{**any}", async http =>
        {
            var document = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
            peer.Connections.Enqueue(http.Connection.Id);
            peer.received.Writer.TryWrite(document);
            await http.Response.WriteAsync((acknowledge?.Invoke(document) ?? GoWire.Ack()).ToJsonString());
        });
        await app.StartAsync();
        return peer;
    }

    /// <summary>Posts a document and gives the acknowledgement; like a Go peer it goes by the body, not by the status.</summary>
    public static async Task<JsonObject> PostAsync(string url, JsonObject document)
    {
        var (_, ack) = await PostForStatusAsync(url, document.ToJsonString());
        return ack;
    }

    /// <summary>Posts any text and gives status and acknowledgement.</summary>
    public static async Task<(int Status, JsonObject Ack)> PostForStatusAsync(string url, string body, string mediaType = "application/json")
    {
        using var client = new HttpClient();
        using var reply = await client.PostAsync(url, new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(mediaType))).Within();
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!.AsObject());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
