using System.Text.Json;
using System.Text.Json.Serialization;

namespace Acomm.Bench.Peers;

/// <summary>What goes there and back: small, as most messages between services are.</summary>
public sealed record Payload(string Name, long Size, string[] Tags)
{
    public static readonly Payload Sample = new("disk0", 123456, ["a", "b", "c"]);
}

[JsonSerializable(typeof(Payload))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class PayloadContext : JsonSerializerContext;
