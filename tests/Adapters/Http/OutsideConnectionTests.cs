using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Acomm.Domain;
using static LanguageExt.Prelude;

namespace Acomm.AdapterTests.Http;

/// <summary>
/// What one outsider may connect to helps no other: each request is checked, also where a connection is kept or a name was
/// resolved before. The server is on the loopback, which only a caller from there may name.
/// </summary>
public sealed class OutsideConnectionTests
{
    private static readonly Reach OfThisMachine = Outside("127.0.0.1", OutsidePolicy.Default);
    private static readonly Reach OfAnother = Outside("192.0.2.1", OutsidePolicy.Default);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_connection_that_is_kept_serves_nobody_who_may_not_have_it(string host)
    {
        await using var peer = await KeptAsync();
        await using var node = await TestNode.StartAsync();
        var address = At(peer, host);
        foreach (var reach in (Reach[])[Reach.Anywhere, OfThisMachine])
            await ReadAsync(await node.Acomm.Streams.OpenAsync(address, reach, default).Ok());

        var error = await node.Acomm.Streams.OpenAsync(address, OfAnother, default).Error();

        Assert.IsType<AcommError.AddressForbidden>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
    }

    [Fact]
    public async Task A_connection_that_another_one_has_just_begun_serves_nobody_who_may_not_have_it()
    {
        await using var peer = await KeptAsync();
        await using var node = await TestNode.StartAsync();
        var address = At(peer, "localhost");

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            node.Acomm.Streams.OpenAsync(address, i % 2 == 0 ? OfThisMachine : OfAnother, default))).Within();

        for (var i = 0; i < all.Length; i++)
        {
            Assert.Equal(i % 2 == 0, all[i].IsRight);
            if (all[i].IsRight)
                await ReadAsync(all[i].Ok());
        }
    }

    [Theory]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    public async Task Every_way_to_write_the_callers_machine_leads_there(string host)
    {
        await using var peer = await KeptAsync();
        await using var node = await TestNode.StartAsync();

        await ReadAsync(await node.Acomm.Streams.OpenAsync(At(peer, host), OfThisMachine, default).Ok());
    }

    // What the system's resolver takes for an address, and this library does not.
    [Theory]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("127.1")]
    [InlineData("localhost.")]
    public async Task Another_way_to_write_an_address_does_not_get_around_the_check(string host)
    {
        await using var peer = await KeptAsync();
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.Streams.OpenAsync(At(peer, host), OfAnother, default).Error();

        Assert.True(error is AcommError.AddressForbidden or AcommError.DnsFailed, error.ToString());
    }

    [Fact]
    public async Task A_host_that_may_be_named_is_asked_for_by_its_name()
    {
        await using var server = new RawHttpServer(RawHttpServer.Reply(200, "x"));
        await using var node = await TestNode.StartAsync();
        var address = Address.Parse(server.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)).Ok();
        var reach = Outside("192.0.2.1", new OutsidePolicy { AllowedHosts = Seq1("localhost") });

        await ReadAsync(await node.Acomm.Streams.OpenAsync(address, reach, default).Ok());

        Assert.Contains($"Host: {address.Host}\r\n", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secure_host_has_to_be_the_one_that_was_named_and_not_only_its_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var node = await TestNode.StartAsync();
        var asked = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var opening = node.Acomm.Streams.OpenAsync(
            Address.Parse($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/").Ok(), OfThisMachine, default);

        using (var connection = await listener.AcceptTcpClientAsync().Within())
        {
            await using var secure = new SslStream(connection.GetStream());
            var options = new ServerOptionsSelectionCallback((_, hello, _, _) =>
            {
                asked.SetResult(hello.ServerName);
                throw new IOException("no certificate for that");
            });
            await Assert.ThrowsAnyAsync<Exception>(() => secure.AuthenticateAsServerAsync(options, null).Within());
        }

        Assert.Equal("localhost", await asked.Task.Within());
        Assert.IsType<AcommError.TlsFailed>(await opening.Error());
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_a_dns_failure_for_outsiders_too()
    {
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.Streams.OpenAsync(Address.Parse("http://nosuch.invalid/").Ok(), OfThisMachine, default).Error();

        Assert.Equal(Delivery.NotSent, Assert.IsType<AcommError.DnsFailed>(error).Delivery);
    }

    private static Task<GoHttpPeer> KeptAsync() => GoHttpPeer.StartAsync(data: http => http.Response.Body.WriteAsync(new byte[] { 1 }).AsTask());

    private static Address At(GoHttpPeer peer, string host) => Address.Parse(peer.Data.Replace("127.0.0.1", host, StringComparison.Ordinal)).Ok();

    private static Reach Outside(string caller, OutsidePolicy policy) =>
        new Reach.Outside(IpAddress.Parse(caller).IfNone(() => throw new ArgumentException(caller)), policy);

    private static async Task ReadAsync(Stream stream)
    {
        await using (stream)
            await stream.CopyToAsync(Stream.Null).Within();
    }
}
