using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Acomm.AdapterTests.Support;

/// <summary>Frames and documents as the Go peers write them, made by hand: nothing of the library is used.</summary>
internal static class GoWire
{
    /// <summary>Dials, writes a request or response, reads one acknowledgement, closes.</summary>
    public static async Task<JsonObject> SendAsync(string path, JsonObject document)
    {
        using var socket = await DialAsync(path);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Framed(document));
        return await ReadAsync(stream);
    }

    public static async Task<Socket> DialAsync(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    public static byte[] Framed(JsonNode document) => Framed(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString()));

    public static byte[] Framed(byte[] payload)
    {
        var frame = new byte[4 + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)payload.Length);
        payload.CopyTo(frame, 4);
        return frame;
    }

    public static async Task<JsonObject> ReadAsync(Stream stream)
    {
        var header = new byte[4];
        await stream.ReadExactlyAsync(header).AsTask().Within();
        var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(header)];
        await stream.ReadExactlyAsync(payload).AsTask().Within();
        return JsonNode.Parse(payload)!.AsObject();
    }

    public static JsonObject Ack(string error = "") =>
        new() { ["id"] = "", ["result"] = null, ["stream_url"] = null, ["error"] = error };

    /// <summary>A request of the mistify version.</summary>
    public static JsonObject MistifyRequest(string id, string task, string hook, JsonNode? args = null) =>
        new() { ["id"] = id, ["task"] = task, ["responsehook"] = Url(hook), ["args"] = args };

    /// <summary>A request of the cerana version, which may go without a hook and with streams and a task URL.</summary>
    public static JsonObject CeranaRequest(
        string id, string task, string? hook, JsonNode? args = null, string? taskUrl = null, string? streamUrl = null) => new()
        {
            ["id"] = id,
            ["task"] = task,
            ["taskURL"] = Url(taskUrl),
            ["args"] = args,
            ["streamURL"] = Url(streamUrl),
            ["responseHook"] = Url(hook),
        };

    /// <summary>A response of the mistify version.</summary>
    public static JsonObject MistifyResponse(string id, JsonNode? result, string error = "", string? stream = null) =>
        new() { ["id"] = id, ["result"] = result, ["stream_url"] = Url(stream), ["error"] = error };

    /// <summary>A response of the cerana version.</summary>
    public static JsonObject CeranaResponse(string id, JsonNode? result, string error = "", string? stream = null) =>
        new() { ["id"] = id, ["result"] = result, ["streamURL"] = Url(stream), ["error"] = error };

    /// <summary>Sends a response to the hook of a request, unix or http, and gives the acknowledgement.</summary>
    public static Task<JsonObject> RespondAsync(JsonObject request, JsonObject response) =>
        new Uri(HookOf(request)) is { Scheme: "unix" } hook
            ? SendAsync(hook.AbsolutePath, response)
            : GoHttpPeer.PostAsync(HookOf(request), response);

    /// <summary>An address as the object of its parts.</summary>
    public static JsonObject? Url(string? text)
    {
        if (text is null)
            return null;
        var uri = new Uri(text);
        return new JsonObject
        {
            ["Scheme"] = uri.Scheme,
            ["Opaque"] = "",
            ["User"] = null,
            ["Host"] = uri.Scheme == "unix" ? "" : uri.Authority,
            ["Path"] = Uri.UnescapeDataString(uri.AbsolutePath),
            ["RawPath"] = "",
            ["OmitHost"] = false,
            ["ForceQuery"] = false,
            ["RawQuery"] = uri.Query.TrimStart('?'),
            ["Fragment"] = "",
            ["RawFragment"] = "",
        };
    }

    /// <summary>An address object as text; like Go's decoder it refuses a string.</summary>
    public static string? UrlText(JsonNode? url)
    {
        if (url is null)
            return null;
        var parts = url.AsObject();
        var query = (string?)parts["RawQuery"] is { Length: > 0 } raw ? $"?{raw}" : "";
        return $"{(string?)parts["Scheme"]}://{(string?)parts["Host"]}{(string?)parts["Path"]}{query}";
    }

    /// <summary>The hook of a request, under whichever key a Go peer of either version finds it.</summary>
    public static string HookOf(JsonObject request) =>
        UrlText(request.First(field => field.Key.Equals("responsehook", StringComparison.OrdinalIgnoreCase)).Value)
        ?? throw new InvalidOperationException("no hook");
}
