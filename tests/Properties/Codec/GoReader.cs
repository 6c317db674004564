using System.Text.Json;
using Xunit.Sdk;

namespace Acomm.Properties.Codec;

/// <summary>
/// How a Go peer decodes a document, after encoding/json: keys without regard to case, the last of several wins, unknown
/// keys are ignored, a null leaves the zero value, and any other value of the wrong type fails the whole document.
/// </summary>
internal sealed class GoReader(ReadOnlyMemory<byte> utf8)
{
    private readonly JsonElement document = Parse(utf8);

    public string Text(string key) => Text(document, key);

    public string Raw(string key) => Find(document, key)?.GetRawText() ?? "null";

    public bool Has(string key) => Find(document, key) is not null;

    /// <summary>A *url.URL: an object or null, a string is refused.</summary>
    public GoUrl? Url(string key) => Find(document, key) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Object } url => new GoUrl(Text(url, "Scheme"), Text(url, "Host"), Text(url, "Path"))
        {
            Opaque = Text(url, "Opaque"),
            HasUser = Find(url, "User") switch
            {
                null or { ValueKind: JsonValueKind.Null } => false,
                { ValueKind: JsonValueKind.Object } => true,
                _ => throw Refused("User"),
            },
            RawPath = Text(url, "RawPath"),
            OmitHost = Flag(url, "OmitHost"),
            ForceQuery = Flag(url, "ForceQuery"),
            RawQuery = Text(url, "RawQuery"),
            Fragment = Text(url, "Fragment"),
            RawFragment = Text(url, "RawFragment"),
        },
        _ => throw Refused(key),
    };

    private static string Text(JsonElement value, string key) => Find(value, key) switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        _ => throw Refused(key),
    };

    private static bool Flag(JsonElement value, string key) => Find(value, key) switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw Refused(key),
    };

    private static JsonElement? Find(JsonElement value, string key) => value.EnumerateObject()
        .Where(member => string.Equals(member.Name, key, StringComparison.OrdinalIgnoreCase))
        .Select(member => (JsonElement?)member.Value)
        .LastOrDefault();

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using var parsed = JsonDocument.Parse(utf8);
        return parsed.RootElement.ValueKind == JsonValueKind.Object ? parsed.RootElement.Clone() : throw Refused("document");
    }

    private static XunitException Refused(string thing) => new($"a Go peer would refuse {thing}: cannot unmarshal");
}
