using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.Adapters;

/// <summary>The node's face to other machines.</summary>
public static class AcommEndpoints
{
    /// <summary>
    /// Maps, under a path: <c>POST</c> on the path itself takes requests, <c>POST proxy</c> takes responses to requests
    /// that this node sent, <c>GET stream</c> serves the streams that it gave out, <c>GET health</c> says whether it
    /// takes work (200 or 503).
    /// </summary>
    public static IEndpointConventionBuilder MapAcomm(this IEndpointRouteBuilder endpoints, string path = "/")
    {
        endpoints.ServiceProvider.GetRequiredService<ServerPublicUrl>().MappedPath = path;
        var group = endpoints.MapGroup(path);
        group.MapPost("/", (HttpContext http, AcommNode node, DocumentBody body) =>
            AcknowledgeAsync(http, body, document => node.ReceiveRequest(document, http.Caller())));
        group.MapPost("/" + HookUrl.Path, (HttpContext http, AcommNode node, DocumentBody body) =>
            AcknowledgeAsync(http, body, document => node.ReceiveResponse(
                document, http.Caller(), Token.Parse(http.Request.Query[HookUrl.TokenParameter].ToString()).ToOption())));
        group.MapGet("/" + PublishedStreams.Path, (HttpContext http, StreamEndpoint streams) => streams.ServeAsync(http));
        group.MapGet("/health", (HttpContext http, AcommNode node) =>
        {
            var phase = node.Phase;
            http.Response.StatusCode = phase == TrackerPhase.Running ? 200 : 503;
            return http.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["status"] = phase.ToString().ToLowerInvariant() });
        });
        return group;
    }

    private static async Task AcknowledgeAsync(HttpContext http, DocumentBody body, Func<ReadOnlyMemory<byte>, Acknowledgement> receive)
    {
        var read = await body.ReadAsync(http).ConfigureAwait(false);
        var acknowledgement = read.Match(Right: receive, Left: Acknowledgement.Refuse);
        http.Response.StatusCode = HttpReply.StatusOf(acknowledgement);
        http.Response.ContentType = "application/json";
        var reply = Document.Write(acknowledgement);
        http.Response.ContentLength = reply.Length;
        await http.Response.Body.WriteAsync(reply).ConfigureAwait(false);
    }
}
