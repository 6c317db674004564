using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Sending;

/// <summary>Each document on a connection of its own has the whole time for its acknowledgement, whatever went before it.</summary>
public sealed class AckTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_document_sent_after_another_one_is_not_cut_by_the_time_of_that()
    {
        var time = new FakeTimeProvider();
        using var directory = new TempDirectory();
        using var peer = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        peer.Bind(new UnixDomainSocketEndPoint(directory.At("peer.sock")));
        peer.Listen(4);
        await using var node = await TestNode.StartAsync(
            options: options => options.Limits = options.Limits with { ConnectionInFlight = 0 }, time: time);

        var first = node.Acomm.CallAsync<string, string>($"unix://{directory.At("peer.sock")}", "greet", "");
        await using (var acknowledging = new NetworkStream(await peer.AcceptAsync().Within(), ownsSocket: true))
        {
            await GoWire.ReadAsync(acknowledging);
            await acknowledging.WriteAsync(GoWire.Framed("""{"error":"busy"}"""u8.ToArray()));
            Assert.IsType<AcommError.Rejected>(await first.Error());
        }

        time.Advance(4 * Second);
        _ = node.Acomm.CallAsync<string, string>($"unix://{directory.At("peer.sock")}", "greet", "");
        using var silent = await peer.AcceptAsync().Within();
        var seconds = 0;
        for (; !node.Events.All<NodeEvent.SendFailed>().Any(failed => failed.Error is AcommError.AckTimeout); seconds++)
        {
            await Task.Delay(20);
            time.Advance(Second);
        }

        Assert.InRange(seconds, 5, int.MaxValue);
    }
}
