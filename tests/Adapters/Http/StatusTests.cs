using System.Net;
using System.Text.Json.Nodes;
using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Http;

/// <summary>What a node is doing, as whoever watches over it sees it over HTTP.</summary>
public sealed class StatusTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Fact]
    public async Task It_is_there_only_where_it_was_mapped()
    {
        await using var node = await TestNode.StartAsync();
        using var client = new HttpClient();

        using var reply = await client.GetAsync($"{node.Http}/status").Within();

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    [Fact]
    public async Task Every_field_is_in_the_guide_with_its_unit_and_the_example_of_the_guide_has_every_field()
    {
        var gate = new Gate();
        await using var node = await WithStatusAsync(gate.AddTo);
        var call = node.Acomm.Begin(AddressOf(node.Unix), TaskOf("wait"), RawJson.Null, CallOptions.None);
        await gate.Entered;

        var fields = PathsOf(await JsonAsync(node)).ToHashSet();
        gate.Release();
        await call.Answer.Within();

        var guide = Repository.Read("docs", "status.md");
        Assert.All(fields, field => Assert.Contains($"| `{field}` |", guide, StringComparison.Ordinal));
        var example = JsonNode.Parse(guide.Split("```json")[1].Split("```")[0])!;
        Assert.Equal(fields.Order(), PathsOf(example).Distinct().Order());
    }

    [Fact]
    public async Task An_open_request_is_told_and_is_gone_when_it_was_answered()
    {
        var gate = new Gate();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var node = await WithStatusAsync(gate.AddTo, time);
        var call = node.Acomm.Begin(AddressOf(node.Unix), TaskOf("wait"), RawJson.Null, CallOptions.None);
        await gate.Entered;
        time.Advance(TimeSpan.FromSeconds(2));

        var open = await JsonAsync(node);
        gate.Release();
        await call.Answer.Within();
        time.Advance(TimeSpan.FromSeconds(2));
        var answered = await JsonAsync(node);

        Assert.Equal(("wait", call.Id.Value, node.Unix), ((string?)open["requests"]!["oldest"]![0]!["task"], (string?)open["requests"]!["oldest"]![0]!["id"], (string?)open["requests"]!["oldest"]![0]!["to"]));
        Assert.Equal((1, 1, 0, 1), Figures(open));
        Assert.Equal((0, 0, 1, 1), Figures(answered));
        Assert.Equal("running", (string?)open["phase"]);

        static (int, int, int, int) Figures(JsonNode status) => (
            (int)status["requests"]!["outstanding"]!, (int)status["handlers"]!["running"]!, (int)status["totals"]!["answered"]!, (int)status["totals"]!["registered"]!);
    }

    [Fact]
    public async Task Each_node_has_its_own()
    {
        using var directory = new TempDirectory();
        await using var node = await TestNode.StartAsync(
            configure: builder => builder.Services.AddAcomm("billing", options => options.SocketPath = directory.At("billing.sock")),
            map: app =>
            {
                app.MapAcommStatus();
                app.MapAcommStatus("/billing", name: "billing");
                Assert.Throws<InvalidOperationException>(() => app.MapAcommStatus("/other", name: "other"));
            });
        using var client = new HttpClient();

        var billing = JsonNode.Parse(await client.GetStringAsync($"{node.Http}/billing").Within())!;

        Assert.Equal(("billing", $"unix://{directory.At("billing.sock")}"), ((string?)billing["name"], (string?)billing["address"]));
        Assert.Equal(("", node.Unix), ((string?)(await JsonAsync(node))["name"], (string?)(await JsonAsync(node))["address"]));
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData(Browser, "text/html")]
    [InlineData("text/html;q=0.5, application/json;q=0.4", "text/html")]
    [InlineData("text/html;q=0.4, application/json;q=0.5", "application/json")]
    [InlineData("rubbish;;q=x", "application/json")]
    public async Task A_page_is_for_those_who_like_it_better(string? accept, string mediaType)
    {
        await using var node = await WithStatusAsync();

        using var reply = await GetAsync(node, accept);

        Assert.Equal((HttpStatusCode.OK, mediaType), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Accept", reply.Headers.Vary);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Browser)]
    public async Task Nothing_of_it_is_kept_run_fetched_or_framed(string? accept)
    {
        await using var node = await WithStatusAsync();

        using var reply = await GetAsync(node, accept);

        Assert.True(reply.Headers.CacheControl!.NoStore);
        var policy = reply.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Browser)]
    public async Task Head_is_the_same_without_a_body(string? accept)
    {
        await using var node = await WithStatusAsync(time: new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        using var whole = await GetAsync(node, accept);

        using var head = await GetAsync(node, accept, HttpMethod.Head);

        Assert.Equal(
            (HttpStatusCode.OK, whole.Content.Headers.ContentLength, whole.Content.Headers.ContentType),
            (head.StatusCode, head.Content.Headers.ContentLength, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Another_method_is_not_allowed()
    {
        await using var node = await WithStatusAsync();

        using var reply = await GetAsync(node, accept: null, HttpMethod.Post);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
    }

    [Fact]
    public async Task What_peers_name_is_text_in_the_page_and_never_markup()
    {
        const string Hostile = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>\u001b[2J\u202e";
        await using var node = await WithStatusAsync();
        await using var silent = await GoHttpPeer.StartAsync();
        node.Acomm.Begin(AddressOf($"{silent.Hook}/%22%3E%3Cscript%3E?token=secret-token"), TaskOf(Hostile), RawJson.Null, CallOptions.None);

        using var reply = await GetAsync(node, Browser);
        var page = await reply.Content.ReadAsStringAsync().Within();

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.All("\u001b\u202e", c => Assert.DoesNotContain(c, page));
        Assert.DoesNotContain("secret-token", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_an_open_request_is_not_told()
    {
        await using var node = await WithStatusAsync();
        await using var silent = await GoHttpPeer.StartAsync();
        node.Acomm.Begin(AddressOf(silent.Hook), TaskOf("echo"), RawJson.Parse("\"secret-args\"").IfLeft(RawJson.Null), CallOptions.None);
        var token = ((string)(await silent.NextAsync())["responseHook"]!["RawQuery"]!).Split('=')[1];
        Assert.Equal(64, token.Length);

        var told = (await JsonAsync(node)).ToJsonString();
        using var page = await GetAsync(node, Browser);

        Assert.All([told, await page.Content.ReadAsStringAsync()], text =>
        {
            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-args", text, StringComparison.Ordinal);
        });
        Assert.Contains("\"echo\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_kept_to_a_host()
    {
        await using var node = await TestNode.StartAsync(map: app => app.MapAcommStatus("/watch").RequireHost("watch.example"));
        using var client = new HttpClient();

        using var refused = await client.GetAsync($"{node.Http}/watch").Within();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{node.Http}/watch") { Headers = { Host = "watch.example" } };
        using var shown = await client.SendAsync(request).Within();

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (refused.StatusCode, shown.StatusCode));
    }

    private static Task<TestNode> WithStatusAsync(Action<AcommBuilder>? tasks = null, TimeProvider? time = null) =>
        TestNode.StartAsync(tasks, time: time, map: app => app.MapAcommStatus());

    private static async Task<HttpResponseMessage> GetAsync(TestNode node, string? accept, HttpMethod? method = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, $"{node.Http}/status");
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return await client.SendAsync(request).Within();
    }

    private static async Task<JsonNode> JsonAsync(TestNode node)
    {
        using var reply = await GetAsync(node, accept: null);
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync().Within())!;
    }

    // The fields, those of a list under the name of the list and brackets.
    private static IEnumerable<string> PathsOf(JsonNode? node, string path = "") => node switch
    {
        JsonObject members => members.SelectMany(member => PathsOf(member.Value, path.Length == 0 ? member.Key : $"{path}.{member.Key}")),
        JsonArray items => items.SelectMany(item => PathsOf(item, $"{path}[]")),
        _ => [path],
    };

    private static Address AddressOf(string text) => Address.Parse(text).IfLeft(error => throw new ArgumentException(error.Message));

    private static TaskName TaskOf(string name) => TaskName.Parse(name).IfLeft(error => throw new ArgumentException(error.Message));
}
