using System.Text.Json;

namespace Acomm.Properties.Codec;

/// <summary>
/// A URL as Go's encoder writes it: the object of its parts, in the order of the fields of Go's url.URL. The encoder
/// escapes the ampersand and the angle brackets, as the default encoder of System.Text.Json happens to do too.
/// </summary>
internal sealed record GoUrl(string Scheme, string Host = "", string Path = "")
{
    public string Opaque { get; init; } = "";

    public bool HasUser { get; init; }

    public string RawPath { get; init; } = "";

    public bool OmitHost { get; init; }

    public bool ForceQuery { get; init; }

    public string RawQuery { get; init; } = "";

    public string Fragment { get; init; } = "";

    public string RawFragment { get; init; } = "";

    private string User => HasUser ? "{}" : "null";

    /// <summary>All eleven parts, as Go 1.19 and later write them.</summary>
    public string Json =>
        $"{{{Begin},\"RawPath\":{Q(RawPath)},\"OmitHost\":{B(OmitHost)},{Force},{End},\"RawFragment\":{Q(RawFragment)}}}";

    /// <summary>Before RawFragment (1.15) and OmitHost (1.19) came in.</summary>
    public string JsonOfGo114 => $"{{{Begin},\"RawPath\":{Q(RawPath)},{Force},{End}}}";

    /// <summary>Before RawPath (1.5) and ForceQuery (1.7) came in.</summary>
    public string JsonOfGo14 => $"{{{Begin},{End}}}";

    private string Begin => $"\"Scheme\":{Q(Scheme)},\"Opaque\":{Q(Opaque)},\"User\":{User},\"Host\":{Q(Host)},\"Path\":{Q(Path)}";

    private string Force => $"\"ForceQuery\":{B(ForceQuery)}";

    private string End => $"\"RawQuery\":{Q(RawQuery)},\"Fragment\":{Q(Fragment)}";

    private static string Q(string text) => JsonSerializer.Serialize(text, JsonSerializerOptions.Default);

    private static string B(bool flag) => flag ? "true" : "false";
}
