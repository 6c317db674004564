using System.Text;
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
        group.MapPost("/", http =>
        {
            var node = http.RequestServices.GetRequiredService<AcommNode>();
            http.Response.Headers[HttpSender.TakesCancellations] = "1";
            return AcknowledgeAsync(http, document => node.ReceiveRequest(document, http.Caller()));
        });
        group.MapPost("/" + HookUrl.Path, http =>
        {
            var node = http.RequestServices.GetRequiredService<AcommNode>();
            return AcknowledgeAsync(http, document => node.ReceiveResponse(
                document, http.Caller(), Token.Parse(http.Request.Query[HookUrl.TokenParameter].ToString()).ToOption()));
        });
        group.MapGet("/" + PublishedStreams.Path, http => http.RequestServices.GetRequiredService<StreamEndpoint>().ServeAsync(http));
        group.MapGet("/health", http =>
        {
            var phase = http.RequestServices.GetRequiredService<AcommNode>().Phase;
            http.Response.StatusCode = phase == TrackerPhase.Running ? 200 : 503;
            return WriteAsync(http, Encoding.UTF8.GetBytes($$"""{"status":"{{phase.ToString().ToLowerInvariant()}}"}"""));
        });
        return group;
    }

    private static async Task AcknowledgeAsync(HttpContext http, Func<ReadOnlyMemory<byte>, Acknowledgement> receive)
    {
        var read = await http.RequestServices.GetRequiredService<DocumentBody>().ReadAsync(http).ConfigureAwait(false);
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
