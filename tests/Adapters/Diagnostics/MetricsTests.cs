using System.Text.RegularExpressions;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Acomm.AdapterTests.Diagnostics;

/// <summary>What a node measures, as whoever listens to the meter gets it.</summary>
public sealed partial class MetricsTests
{
    [Theory]
    [InlineData("echo", null, null)]
    [InlineData("fail", "TaskFailed", "TaskFailed")]
    [InlineData("throw", "TaskFailed", "HandlerFailed")]
    public async Task A_call_and_its_handler_are_measured_by_task_and_error(string task, string? callError, string? handlerError)
    {
        await using var node = await TestNode.StartAsync(acomm =>
        {
            TestTasks.Echo(acomm);
            TestTasks.Fail(acomm);
            TestTasks.Throw(acomm);
        });
        using var figures = new Figures(node);
        await node.Acomm.CallAsync<string, RawJson>(node.Unix, task, "text").Within();

        await Expect.Until(() => figures.Of("rpc.client.call.duration").Count > 0);
        foreach (var (name, error) in new[] { ("rpc.client.call.duration", callError), ("rpc.server.call.duration", handlerError) })
        {
            var figure = Assert.Single(figures.Of(name));
            Assert.True(figure is { Unit: "s", Value: > 0 and < 60 });
            Assert.Equal(
                ("acomm", task, node.Unix, error),
                (figure.Tags["rpc.system.name"], figure.Tags["rpc.method"], figure.Tags["acomm.socket"], figure.Tags.GetValueOrDefault("error.type")));
        }
    }

    [Fact]
    public async Task A_call_that_is_not_taken_is_measured_by_the_name_of_its_error()
    {
        await using var node = await TestNode.StartAsync();
        using var figures = new Figures(node);
        await node.Acomm.CallAsync<string, RawJson>($"unix://{node.At("nobody.sock")}", "t", "text").Error();
        await node.Acomm.CallAsync<string, RawJson>(node.Unix, "t", "text").Error();
        await Expect.Until(() => figures.Of("rpc.client.call.duration").Count == 2);
        Assert.Equal(["PeerUnreachable", "Rejected"], figures.Of("rpc.client.call.duration").Select(f => f.Tags["error.type"]));
    }

    [Fact]
    public async Task What_is_open_and_what_happened_is_read_when_somebody_asks()
    {
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(gate.AddTo);
        using var figures = new Figures(node);
        var call = node.Acomm.CallAsync<string, string>(node.Unix, "wait", "text");
        await gate.Entered;
        var outstanding = Assert.Single(figures.Now("acomm.requests.outstanding"));
        Assert.Equal((1, node.Unix), (outstanding.Value, outstanding.Tags["acomm.socket"]));
        Assert.Equal(1, Value(figures.Now("acomm.handlers.requests"), "acomm.state", "running"));
        Assert.Equal(0, Value(figures.Now("acomm.handlers.requests"), "acomm.state", "waiting"));
        Assert.Equal(1, Value(figures.Now("acomm.connections.open"), "network.io.direction", "receive"));

        gate.Release();
        await call.Ok();
        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyResponse("nobody's", 1));
        Assert.Equal(0, Assert.Single(figures.Now("acomm.requests.outstanding")).Value);
        Assert.Equal(1, Value(figures.Now("acomm.requests.completed"), "acomm.outcome", "answered"));
        Assert.Equal(0, Value(figures.Now("acomm.requests.completed"), "acomm.outcome", "timed_out"));
        Assert.Equal(1, Value(figures.Now("acomm.responses.dropped"), "acomm.reason", "unknown"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bytes_are_those_of_the_documents_both_ways(bool overHttp)
    {
        await using var worker = await TestNode.StartAsync(TestTasks.Echo);
        await using var caller = await TestNode.StartAsync();
        using var figures = new Figures(caller);
        await caller.Acomm.CallAsync<string, RawJson>(worker.Address(overHttp), "echo", new string('x', 5000)).Ok();
        foreach (var direction in new[] { "transmit", "receive" })
            Assert.InRange(Value(figures.Now("acomm.documents.io"), "network.io.direction", direction), 5_000, 6_000);
    }

    [Fact]
    public async Task Refused_documents_are_counted_by_error_and_logged()
    {
        await using var node = await TestNode.StartAsync(configure: builder => builder.Services.RemoveAll<INodeEvents>());
        using var figures = new Figures(node);
        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("1", "no such task", node.Unix));
        await GoHttpPeer.PostForStatusAsync(node.Http, "{");
        Assert.Equal(
            [("UnknownTask", node.Unix, 1), ("DocumentMalformed", node.Unix, 1)],
            figures.Of("acomm.documents.refused").Select(f => (f.Tags["error.type"], f.Tags["acomm.socket"], (int)f.Value)));
    }

    [Fact]
    public async Task Every_figure_stands_in_the_documents_with_its_unit_and_no_other()
    {
        await using var node = await TestNode.StartAsync();
        using var figures = new Figures(node);
        var written = Rows().Matches(Repository.Read("docs", "observability.md")).Select(row => (row.Groups[1].Value, row.Groups[2].Value));
        Assert.Equal(
            figures.Instruments.Select(instrument => (instrument.Name, instrument.Unit ?? "")).Distinct().Order(),
            written.Order());
    }

    private static double Value(IReadOnlyList<Figure> figures, string tag, string value) => Assert.Single(figures, figure => figure.Has(tag, value)).Value;

    [GeneratedRegex(@"^\| `((?:rpc|acomm)\.[a-z._]+)` \| [a-z -]+ \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
