using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Streams;

public sealed class VanishingServerTests
{
    // Whether it goes before or after the consumer's first byte is chance; so many tries meet both.
    [Fact]
    public async Task A_server_that_goes_as_soon_as_somebody_connects_is_no_more_than_a_stream_that_ends()
    {
        using var directory = new TempDirectory();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(directory.At("gone.acomm")));
        listener.Listen(8);
        var vanishing = Task.Run(() => VanishAsync(listener));
        await using var node = await TestNode.StartAsync();
        var address = Address.Unix(directory.At("gone.acomm")).Ok();

        for (var i = 0; i < 300; i++)
        {
            await using var stream = await node.Acomm.Streams.OpenAsync(address, Reach.Anywhere, CancellationToken.None).Ok();
            try
            {
                Assert.Equal(0, await stream.ReadAsync(new byte[1]).Within());
            }
            catch (StreamTornException e)
            {
                Assert.IsType<AcommError.StreamTorn>(e.Error);
            }
        }

        listener.Dispose();
        await vanishing.Within();
    }

    private static async Task VanishAsync(Socket listener)
    {
        try
        {
            while (true)
                (await listener.AcceptAsync()).Dispose();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
