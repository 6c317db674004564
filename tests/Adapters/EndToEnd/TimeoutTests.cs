using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class TimeoutTests
{
    private static readonly CallOptions Named = new() { Id = RequestId.Parse("slow").Ok() };

    [Fact]
    public async Task A_call_times_out_at_its_default_timeout_and_not_before()
    {
        var time = new FakeTimeProvider();
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync(time: time);
        var call = caller.Acomm.RequestAsync<string, string>(peer.Url, "echo", "", Named);
        await peer.NextAsync();

        time.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.Equal(1, caller.Acomm.Outstanding);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(60), Assert.IsType<AcommError.TimedOut>(await call.Error()).Timeout);
        Assert.Equal(1, caller.Tally.TimedOut);
    }

    [Fact]
    public async Task A_late_response_is_refused_in_its_acknowledgement_and_counted()
    {
        var time = new FakeTimeProvider();
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync(time: time);
        var call = caller.Acomm.RequestAsync<string, string>(peer.Url, "echo", "", Named with { Timeout = TimeSpan.FromSeconds(1) });
        await peer.NextAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<AcommError.TimedOut>(await call.Error());

        var ack = await GoWire.SendAsync(caller.SocketPath, GoWire.MistifyResponse("slow", "too late"));

        Assert.Equal("ResponseLate", (string?)ack["code"]);
        Assert.NotEmpty((string?)ack["error"] ?? "");
        Assert.Equal(1, caller.Tally.Late);
        Assert.Equal(0, caller.Tally.Answered);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_response_that_nobody_waits_for_is_refused_and_not_acknowledged_as_taken()
    {
        await using var caller = await TestNode.StartAsync();

        var ack = await GoWire.SendAsync(caller.SocketPath, GoWire.CeranaResponse("never heard of", 1));

        Assert.Equal("ResponseUnknown", (string?)ack["code"]);
        Assert.Equal(1, caller.Tally.Unknown);
    }

    [Fact]
    public async Task A_second_response_is_refused_as_a_duplicate()
    {
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync();
        var call = caller.Acomm.RequestAsync<string, string>(peer.Url, "echo", "", Named);
        await peer.NextAsync();

        var first = await GoWire.SendAsync(caller.SocketPath, GoWire.MistifyResponse("slow", "one"));
        var second = await GoWire.SendAsync(caller.SocketPath, GoWire.MistifyResponse("slow", "two"));

        Assert.Equal("one", (await call.Ok()).Result);
        Assert.Equal("", (string?)first["error"]);
        Assert.Equal("ResponseDuplicate", (string?)second["code"]);
        Assert.Equal(1, caller.Tally.Duplicate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(31L * 24 * 3600)]
    public async Task A_timeout_that_is_not_positive_or_too_long_is_refused(long seconds)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        var options = CallOptions.None with { Timeout = TimeSpan.FromSeconds(seconds) };

        Assert.IsType<AcommError.TimeoutInvalid>(await node.Acomm.RequestAsync<string, string>(node.Unix, "echo", "", options).Error());
    }

    [Fact]
    public async Task A_jump_of_the_wall_clock_times_nothing_out()
    {
        var time = new FakeTimeProvider();
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync(time: time);
        var call = caller.Acomm.RequestAsync<string, string>(peer.Url, "echo", "", Named);
        await peer.NextAsync();

        time.AdjustTime(time.GetUtcNow() + TimeSpan.FromHours(1));
        await GoWire.SendAsync(caller.SocketPath, GoWire.MistifyResponse("slow", "in time"));

        Assert.Equal("in time", (await call.Ok()).Result);
    }
}
