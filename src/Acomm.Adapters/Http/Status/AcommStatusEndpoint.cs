using System.Diagnostics.CodeAnalysis;
using Acomm.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Acomm.Adapters;

/// <summary>What a node is doing, for whoever watches over it.</summary>
public static class AcommStatusEndpoint
{
    private const string RefreshParameter = "refresh";

    /// <summary>
    /// Maps, for GET and HEAD, what a node is doing: JSON, or a page where the client likes <c>text/html</c> better, as a browser does. It
    /// names tasks, ids and addresses, but no args, results or tokens: say with <c>RequireAuthorization</c> or
    /// <c>RequireHost</c> who may see it.
    /// </summary>
    /// <param name="endpoints">The application's endpoints.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="name">The name of the node; without one, the node that was added without one.</param>
    public static IEndpointConventionBuilder MapAcommStatus(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/status", string? name = null)
    {
        var parts = AcommNodes.PartsOf(endpoints.ServiceProvider, name);
        return endpoints.MapMethods(
            pattern,
            [HttpMethods.Get, HttpMethods.Head],
            (RequestDelegate)(http => ServeAsync(http, NodeStatus.Of(AcommNodes.Get(http.RequestServices, name), parts), name)));
    }

    private static async Task ServeAsync(HttpContext http, StatusReport report, string? name)
    {
        var document = StatusDocument.Of(report, name);
        var isPage = MediaRange.Prefers(Accepted(http.Request.GetTypedHeaders()), ("text", "html"), ("application", "json"));
        var body = isPage ? StatusPage.ToUtf8(document, isRefreshed: http.Request.Query[RefreshParameter] != "off") : document.ToUtf8();

        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Vary = HeaderNames.Accept;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = isPage ? StatusStyle.ContentSecurityPolicy : "default-src 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        http.Response.ContentType = isPage ? "text/html; charset=utf-8" : "application/json";
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    private static MediaRange[] Accepted(RequestHeaders headers) =>
        [.. headers.Accept.Select(range => new MediaRange(range.Type.ToString(), range.SubType.ToString(), range.Quality ?? 1))];
}
