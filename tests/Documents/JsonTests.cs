using System.Text;
using System.Text.Json;
using Acomm.Adapters;
using Acomm.DocumentTests.Markdown;
using Acomm.Domain;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Acomm.DocumentTests;

/// <summary>JSON in the documents is JSON; what is a document of the wire is read by the library, what is configuration sets a node up.</summary>
public sealed class JsonTests
{
    public static TheoryData<Block> Blocks => [.. Page.All.SelectMany(page => page.Blocks).Where(block => block.Language == "json")];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_of_JSON_is_what_it_is_shown_as(Block block)
    {
        using var json = JsonDocument.Parse(block.Text);
        if (json.RootElement.TryGetProperty("Acomm", out _))
            ConfiguresNode(block);
        else if (json.RootElement.TryGetProperty("Logging", out var logging))
            Assert.True(logging.TryGetProperty("LogLevel", out _), $"{block} sets no level");
        else if (json.RootElement.TryGetProperty("uptimeSeconds", out var uptime))
            Assert.Equal(JsonValueKind.Number, uptime.ValueKind); // Its fields are held to the endpoint's by the tests of that.
        else
            IsRead(block, json.RootElement);
    }

    private static void ConfiguresNode(Block block)
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(block.Text))).Build();
        var services = new ServiceCollection();
        services.AddAcomm(configuration.GetSection("Acomm"));
        using var provider = services.BuildServiceProvider();
        Assert.NotEmpty(provider.GetRequiredService<IOptions<AcommOptions>>().Value.SocketPath);
    }

    // An address alone is tried as the hook of a request.
    private static void IsRead(Block block, JsonElement json)
    {
        var text = json.TryGetProperty("Scheme", out _) ? $$"""{"id":"1","task":"t","responseHook":{{block.Text}}}""" : block.Text;
        var utf8 = Encoding.UTF8.GetBytes(text);
        var error = json.TryGetProperty("code", out _)
            ? Document.ReadAcknowledgement(utf8, Limits.Default).Match(Right: _ => "", Left: e => e.ToString())
            : Document.ReadMessage(utf8, Limits.Default).Match(Right: _ => "", Left: e => e.ToString());
        Assert.True(error.Length == 0, $"{block}: {error}");
    }
}
