using System.Text.Json;
using System.Text.Json.Serialization;

namespace Acomm.Bench.Peers;

/// <summary>What goes there and back: small, as most messages between services are.</summary>
public sealed record Payload
{
    public static readonly Payload Sample = new() { Name = "disk0", Size = 123456, Tags = ["a", "b", "c"] };

    public string Name { get; set; } = "";

    public long Size { get; set; }

    public string[] Tags { get; set; } = [];
}

[JsonSerializable(typeof(Payload))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class PayloadContext : JsonSerializerContext;
