using System.Text.Json;
using System.Text.Json.Serialization;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Hosting;

/// <summary>Args and results are converted by a source-generated context alone, where one is given.</summary>
public sealed partial class SourceGeneratedJsonTests
{
    [Fact]
    public async Task A_context_converts_args_and_results_and_nothing_is_left_to_reflection()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Add, options => options.Json = new JsonSerializerOptions { TypeInfoResolver = Context.Default });

        Assert.Equal(new Sum(5), await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(2, 3)).Ok());
        Assert.Equal("""{"Value":5}""", (await node.Acomm.RequestAsync<Numbers, RawJson>(node.Unix, "add", new Numbers(2, 3), CallOptions.None).Ok()).Result.ToString());

        // Reflection would know it.
        Assert.IsType<AcommError.Unserializable>(await node.Acomm.CallAsync<Unlisted, Sum>(node.Unix, "add", new Unlisted(1)).Error());
    }

    public sealed record Unlisted(int A);

    [JsonSerializable(typeof(Numbers))]
    [JsonSerializable(typeof(Sum))]
    private sealed partial class Context : JsonSerializerContext;
}
