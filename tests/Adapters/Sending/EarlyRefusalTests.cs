using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Sending;

public sealed class EarlyRefusalTests
{
    [Fact]
    public async Task A_peer_that_refuses_without_reading_to_the_end_is_heard()
    {
        using var directory = new TempDirectory();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(directory.At("strict.sock")));
        listener.Listen(1);
        var served = RefuseAtOnceAsync(listener);
        await using var node = await TestNode.StartAsync();
        var big = RawJson.Parse($"\"{new string('x', 900_000)}\"").Ok();

        var error = await node.Acomm.CallAsync(
            Address.Unix(directory.At("strict.sock")).Ok(), TaskName.Parse("t").Ok(), big, CallOptions.None).Error();

        await served.Within();
        Assert.Equal("too long for me", Assert.IsType<AcommError.Rejected>(error).Text);
        Assert.Equal(0, node.Acomm.Outstanding);
    }

    private static async Task RefuseAtOnceAsync(Socket listener)
    {
        using var peer = await listener.AcceptAsync();
        await peer.ReceiveAsync(new byte[4]);
        var refusal = Document.Write(new Acknowledgement.Refused("too long for me", default));
        await peer.SendAsync(Frame.Encode(refusal, 1000).Ok());
    }
}
