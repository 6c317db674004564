using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Hosting;

/// <summary>What is easily done wrong when a node is set up is told at once, with what to do instead.</summary>
public sealed class MistakeTests
{
    [Fact]
    public void A_lambda_that_would_give_a_task_as_its_result_is_refused_where_it_is_added()
    {
        var acomm = new ServiceCollection().AddSingleton<JsonSerializerOptions>().AddAcomm(_ => { });
        Action[] mistakes =
        [
            () => acomm.AddTask("t", async (string text) => await Task.Yield()),
            () => acomm.AddTask("t", ValueTask<int> (string text) => new(1)),
            () => acomm.AddTask("t", ValueTask (string text) => default),
            () => acomm.AddTask("t", async (string text, JsonSerializerOptions json, CallContext call, CancellationToken cancel) => await Task.Yield()),
        ];
        foreach (var mistake in mistakes)
            Assert.Contains("the handler of the task 't' would give a ", Assert.Throws<ArgumentException>(mistake).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1}""", "it lacks 'b'")]
    [InlineData("""{"c":2}""", "it lacks 'a', 'b'")]
    [InlineData("""{"a":1,"b":null}""", "$.b")]
    public async Task Args_that_lack_what_their_type_needs_do_not_come_into_the_handler(string args, string named)
    {
        await using var node = await TestNode.StartAsync(acomm => acomm.AddTask("t", (Pair pair) => pair.B.Length));

        var failed = Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<RawJson, int>(node.Unix, "t", RawJson.Parse(Encoding.UTF8.GetBytes(args)).Ok()).Error());

        Assert.StartsWith("ArgsMismatch: ", failed.Text, StringComparison.Ordinal);
        Assert.Contains(named, failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_gives_null_has_failed_and_the_log_says_what_to_do()
    {
        await using var node = await TestNode.StartAsync(acomm => acomm.AddTask("t", (string text) => text.Length == 0 ? null : text));

        Assert.StartsWith("HandlerFailed: ", Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<string, string>(node.Unix, "t", "").Error()).Text, StringComparison.Ordinal);
        Assert.Contains("cannot be null", Assert.Single(node.Events.All<NodeEvent.HandlerThrew>()).Exception.Message, StringComparison.Ordinal);
        Assert.Equal("a", await node.Acomm.CallAsync<string, string>(node.Unix, "t", "a").Ok());
    }

    [Theory]
    [InlineData("")]
    [InlineData("billing")]
    public async Task A_type_that_is_not_in_the_json_context_fails_the_start(string name)
    {
        await using var host = new TestHost();
        host.Add(name, o => o.Json = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Refuse } } })
            .AddTask("t", (Uri args) => 1);

        var thrown = await Assert.ThrowsAsync<AcommStartException>(host.StartAsync);

        Assert.Equal(("Uri", name), (Assert.IsType<AcommError.Unserializable>(thrown.Error).Type, thrown.Node));

        static void Refuse(JsonTypeInfo type)
        {
            if (type.Type == typeof(Uri))
                throw new NotSupportedException("no metadata");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_interceptor_that_needs_its_own_node_is_told_and_does_not_hang(bool isNamed)
    {
        await using var host = new TestHost();
        var acomm = host.Add(isNamed ? "billing" : "");
        _ = isNamed ? acomm.AddInterceptor<AsksForBilling>() : acomm.AddInterceptor<Asks>();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync().Within());

        Assert.Contains("needs the node itself", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(isNamed, thrown.Message.StartsWith("node 'billing': ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interceptor_may_ask_for_its_node_when_it_is_called()
    {
        await using var host = new TestHost();
        TestTasks.Echo(host.Add("").AddInterceptor<AsksLater>());
        await host.StartAsync();

        Assert.Equal("a", await host.Acomm().CallAsync<string, string>(host.Unix(""), "echo", "a").Ok());
    }

    [Fact]
    public void A_container_with_a_node_may_be_disposed_without_awaiting_it()
    {
        using var directory = new TempDirectory();
        var services = new ServiceCollection();
        services.AddAcomm(o => o.SocketPath = directory.At("node.sock"));
        var provider = services.BuildServiceProvider();
        Assert.Equal(0, provider.GetRequiredService<IAcomm>().Outstanding);
        provider.Dispose();
    }

    private sealed record Pair(int A, string B);

    private sealed class Asks(IAcomm acomm) : AcommInterceptor
    {
        public override bool IsEnabled => acomm.Outstanding == 0;
    }

    private sealed class AsksForBilling([FromKeyedServices("billing")] AcommNode node) : AcommInterceptor
    {
        public override bool IsEnabled => node.Outstanding == 0;
    }

    private sealed class AsksLater(IServiceProvider provider) : AcommInterceptor
    {
        public override bool IsEnabled => provider.GetRequiredService<IAcomm>().Outstanding == 0;
    }
}
