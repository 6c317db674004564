using System.Text;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Acomm.Adapters;

/// <summary>The node's face to other machines.</summary>
public static class AcommEndpoints
{
    /// <summary>
    /// Maps, under a path: <c>POST</c> on the path itself takes requests, <c>POST proxy</c> takes responses to requests
    /// that this node sent, <c>GET stream</c> serves the streams that it gave out, <c>GET health</c> says whether it
    /// takes work (200 or 503).
    /// </summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="path">The path, one for each node.</param>
    /// <param name="name">The name of the node; the unnamed one if it is not set.</param>
    public static IEndpointConventionBuilder MapAcomm(this IEndpointRouteBuilder endpoints, string path = "/", string? name = null)
    {
        var parts = AcommNodes.PartsOf(endpoints.ServiceProvider, name);
        parts.PublicUrl.MappedPath = path;

        // The node itself is not made before the application starts: there it fails as it should.
        var node = new Lazy<AcommNode>(() => AcommNodes.Get(endpoints.ServiceProvider, name));
        var group = endpoints.MapGroup(path);
        group.MapPost("/", http =>
        {
            http.Response.Headers[HttpSender.TakesCancellations] = "1";
            return AcknowledgeAsync(http, parts.DocumentBody, document => node.Value.ReceiveRequest(document, http.Caller()));
        });
        group.MapPost("/" + HookUrl.Path, http => AcknowledgeAsync(http, parts.DocumentBody, document => node.Value.ReceiveResponse(
            document, http.Caller(), Token.Parse(http.Request.Query[HookUrl.TokenParameter].ToString()).ToOption())));
        group.MapGet("/" + PublishedStreams.Path, parts.StreamEndpoint.ServeAsync);
        group.MapGet("/health", http =>
        {
            var phase = node.Value.Phase;
            http.Response.StatusCode = phase == TrackerPhase.Running ? 200 : 503;
            return WriteAsync(http, Encoding.UTF8.GetBytes($$"""{"status":"{{phase.ToString().ToLowerInvariant()}}"}"""));
        });
        return group;
    }

    private static async Task AcknowledgeAsync(HttpContext http, DocumentBody body, Func<ReadOnlyMemory<byte>, Acknowledgement> receive)
    {
        var read = await body.ReadAsync(http).ConfigureAwait(false);
        var acknowledgement = read.Match(Right: receive, Left: Acknowledgement.Refuse);
        http.Response.StatusCode = HttpReply.StatusOf(acknowledgement);
        await WriteAsync(http, Document.Write(acknowledgement)).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> json)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json).ConfigureAwait(false);
    }
}
