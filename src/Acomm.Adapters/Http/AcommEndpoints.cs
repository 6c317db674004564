using System.Net;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
        group.MapPost("/", (HttpContext http, AcommNode node, AcommOptions options) =>
            AcknowledgeAsync(http, options.Limits, document => node.ReceiveRequest(document, CallerOf(http))));
        group.MapPost("/" + HookUrl.Path, (HttpContext http, AcommNode node, AcommOptions options) =>
            AcknowledgeAsync(http, options.Limits, document => node.ReceiveResponse(
                document, CallerOf(http), Token.Parse(http.Request.Query[HookUrl.TokenParameter].ToString()).ToOption())));
        group.MapGet("/" + PublishedStreams.Path, (HttpContext http, PublishedStreams published, StreamOpener opener, AcommOptions options, TimeProvider time, INodeEvents events) =>
            new StreamEndpoint(published, opener, options.Limits, time, events).ServeAsync(http));
        group.MapGet("/health", (HttpContext http, AcommNode node) =>
        {
            var phase = node.State.Phase;
            http.Response.StatusCode = phase == TrackerPhase.Running ? 200 : 503;
            return http.Response.WriteAsJsonAsync(new Dictionary<string, string> { ["status"] = phase.ToString().ToLowerInvariant() });
        });
        return group;
    }

    private static async Task AcknowledgeAsync(HttpContext http, Limits limits, Func<ReadOnlyMemory<byte>, Acknowledgement> receive)
    {
        var acknowledgement = await ReadAsync(http, limits).ConfigureAwait(false) switch
        {
            { Case: ReadOnlyMemory<byte> document } => receive(document),
            { Case: AcommError error } => Acknowledgement.Refuse(error),
            _ => throw new InvalidOperationException("neither a document nor an error"),
        };
        http.Response.StatusCode = AckStatus.Of(acknowledgement);
        http.Response.ContentType = "application/json";
        var body = Document.Write(acknowledgement);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    // A page in a browser can post anything to a local address but this media type, which its user's consent is needed for.
    private static async Task<Either<AcommError, ReadOnlyMemory<byte>>> ReadAsync(HttpContext http, Limits limits)
    {
        if (!http.Request.HasJsonContentType())
            return new AcommError.DocumentMalformed("body", "is not declared as application/json", 0);
        if (http.Request.ContentLength > limits.FrameBytes)
            return new AcommError.FrameTooLong(limits.FrameBytes, http.Request.ContentLength.Value);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        return await BoundedBody.ReadAsync(http.Request.Body, limits.FrameBytes, http.RequestAborted).ConfigureAwait(false);
    }

    // A server on a unix socket knows no address: whoever can open that is on this machine.
    private static IpAddress CallerOf(HttpContext http) =>
        IpAddress.Of((http.Connection.RemoteIpAddress ?? IPAddress.Loopback).GetAddressBytes()).IfNone(default(IpAddress));
}
