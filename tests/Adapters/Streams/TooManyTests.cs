using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Streams;

/// <summary>A node serves so many streams at a time and no more.</summary>
public sealed class TooManyTests
{
    [Fact]
    public async Task An_offer_above_the_limit_is_refused_by_name_and_its_source_disposed_until_another_one_goes()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { StreamsOffered = 2 });
        var offers = Enumerable.Range(0, 2).Select(_ => node.Acomm.Streams.Offer(new TestSource(1).ToSource()).Ok()).ToArray();
        var source = new TestSource(1);

        var error = node.Acomm.Streams.Offer(source.ToSource()).Error();

        Assert.Equal((2, 2), (Assert.IsType<AcommError.TooManyStreams>(error).Limit, ((AcommError.TooManyStreams)error).Value));
        await source.Disposed;
        offers[0].Withdraw();
        await Expect.Until(() => node.Acomm.Streams.Offer(new TestSource(1).ToSource()).IsRight);
    }

    [Fact]
    public async Task Streams_that_are_being_read_count_until_they_are_through()
    {
        using var source = new HangingSource(1, Hang.Listening);
        await using var node = await TestNode.WithLimitsAsync(l => l with { StreamsOffered = 1, Streams = 1 });
        var offered = node.Acomm.Streams.Offer(source.ToSource()).Ok();
        await using (var reading = await node.Acomm.Streams.OpenAsync(offered.Address, Reach.Anywhere, default).Ok())
        {
            await source.Hanging;
            Assert.IsType<AcommError.TooManyStreams>(node.Acomm.Streams.Offer(new TestSource(1).ToSource()).Error());
        }

        await source.Disposed;
        await Expect.Until(() => node.Acomm.Streams.Offer(new TestSource(1).ToSource()).IsRight);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_hears_that_there_are_too_many(bool overHttp)
    {
        await using var node = await TestNode.WithLimitsAsync(
            l => l with { StreamsOffered = 1 }, TestTasks.Give(() => new TestSource(1).ToSource()));
        await using var caller = await TestNode.StartAsync();
        await caller.Acomm.RequestAsync<string, string>(node.Address(overHttp), "give", "", CallOptions.None).Ok();

        var error = await caller.Acomm.RequestAsync<string, string>(node.Address(overHttp), "give", "", CallOptions.None).Error();

        Assert.StartsWith("TooManyStreams: ", Assert.IsType<AcommError.TaskFailed>(error).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_whose_stream_is_one_too_many_ends_with_that_error_and_is_not_sent()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { StreamsOffered = 1 }, TestTasks.Take);
        node.Acomm.Streams.Offer(new TestSource(1).ToSource()).Ok();
        var source = new TestSource(1);

        var error = await node.Acomm.RequestAsync<string, byte[]>(node.Unix, "take", "", new CallOptions { Stream = source.ToSource() }).Error();

        Assert.Equal(Delivery.NotSent, Assert.IsType<AcommError.TooManyStreams>(error).Delivery);
        await source.Disposed;
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task What_was_given_out_over_http_and_not_opened_has_the_same_limit()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { StreamsOffered = 1 });
        var stream = Address.Unix(node.At("somebody-elses.sock")).Ok();

        node.Acomm.Streams.Publish(stream).Ok();

        Assert.IsType<AcommError.TooManyStreams>(node.Acomm.Streams.Publish(stream).Error());
    }
}
