using System.Text.Json;
using System.Text.Json.Serialization;
using Acomm.Domain;
using Acomm.Effects;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>Args and results of the user's types.</summary>
public sealed partial class PayloadCodecTests
{
    private static readonly PayloadCodec Web = new(JsonSerializerOptions.Web);

    [Fact]
    public void A_value_is_written_and_read_by_the_users_options()
    {
        Assert.Equal(Json("""{"name":"a","sizes":[1,2]}"""), Web.Write(new Disk("a", [1, 2])));
        Assert.Equal("a", Web.Read<Disk>(Json("""{"name":"a","sizes":[1]}""")).Map(d => d.Name).IfLeft(""));
    }

    [Fact]
    public void A_source_generated_context_serves_as_well()
    {
        var generated = new PayloadCodec(new JsonSerializerOptions { TypeInfoResolver = DiskContext.Default });
        Assert.Equal(Json("""{"Name":"a","Sizes":[]}"""), generated.Write(new Disk("a", [])));
        Assert.IsType<AcommError.Unserializable>(generated.Write(new Uri("http://x")).Case);
    }

    [Fact]
    public void A_mismatch_names_the_path()
    {
        var (path, reason) = Web.Read<Disk>(Json("""{"name":"a","sizes":[1,"two"]}""")).Swap().IfLeft(default((string, string)));
        Assert.Equal("$.sizes[1]", path);
        Assert.Contains("Disk", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_cannot_be_read_at_all_fits_nothing() =>
        Assert.Equal(("$", "IDisposable cannot be read from JSON by this node"), Web.Read<IDisposable>(Json("{}")).Swap().IfLeft(default((string, string))));

    [Fact]
    public void A_type_without_metadata_is_found_before_anything_is_read_or_written()
    {
        var generated = new PayloadCodec(new JsonSerializerOptions { TypeInfoResolver = DiskContext.Default });
        Assert.Equal(("Uri", true), generated.Check<Uri>().Map(e => (((AcommError.Unserializable)e).Type, e.Message.Contains("DiskContext", StringComparison.Ordinal))).IfNone(default((string, bool))));
        Assert.True(generated.Check<Disk>().IsNone && generated.Check<RawJson>().IsNone && Web.Check<Uri>().IsNone);
    }

    [Fact]
    public void A_null_fits_raw_json_only()
    {
        Assert.Equal(("$", "is null"), Web.Read<Disk>(RawJson.Null).Swap().IfLeft(default((string, string))));
        Assert.Equal(RawJson.Null, Web.Read<RawJson>(RawJson.Null).IfLeft(Json("1")));
        Assert.Equal(JsonValueKind.Null, Web.Read<JsonElement>(RawJson.Null).Map(e => e.ValueKind).IfLeft(JsonValueKind.True));
    }

    [Fact]
    public void Raw_json_passes_untouched()
    {
        var raw = Json("""{"a" : 1e999, "b":[ ]}""");
        Assert.Equal(raw, Web.Write(raw));
        Assert.Equal(raw, Web.Read<RawJson>(raw).IfLeft(RawJson.Null));
    }

    [Fact]
    public void What_a_serializer_cannot_write_is_an_error_and_no_exception()
    {
        var loop = new Loop();
        loop.Self = loop;
        Assert.IsType<AcommError.Unserializable>(Web.Write(loop).Case);
        Assert.IsType<AcommError.Unserializable>(Web.Write(double.NaN).Case);
    }

    internal sealed record Disk(string Name, int[] Sizes);

    internal sealed class Loop
    {
        public Loop? Self { get; set; }
    }

    [JsonSerializable(typeof(Disk))]
    internal sealed partial class DiskContext : JsonSerializerContext;
}
