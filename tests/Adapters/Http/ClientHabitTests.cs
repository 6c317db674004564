using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Http;

/// <summary>What HTTP clients do unasked, and this one does not.</summary>
public sealed class ClientHabitTests
{
    private const string Refusing = """{"id":"","result":null,"error":"not here"}""";

    [Fact]
    public async Task Cookies_are_not_kept()
    {
        await using var server = new RawHttpServer(RawHttpServer.Reply(200, Refusing, headers: "Set-Cookie: a=b; Path=/\r\n"));
        await using var node = await TestNode.StartAsync();

        for (var i = 0; i < 2; i++)
            await node.Acomm.CallAsync<string, string>(server.Url, "greet", "").Error();

        Assert.Equal(2, server.Requests);
        Assert.All(server.Heads, head => Assert.DoesNotContain("Cookie", head, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Basic realm=\"x\"")]
    [InlineData("Negotiate")]
    public async Task A_server_that_wants_credentials_gets_none_and_is_not_asked_again(string challenge)
    {
        await using var server = new RawHttpServer(RawHttpServer.Reply(401, "", headers: $"WWW-Authenticate: {challenge}\r\n"));
        await using var node = await TestNode.StartAsync();

        var address = server.Url.Replace("http://", "http://me:secret@", StringComparison.Ordinal);
        var error = await node.Acomm.CallAsync<string, string>(address, "greet", "").Error();

        Assert.Equal(401, Assert.IsType<AcommError.HttpStatus>(error).Status);
        Assert.DoesNotContain("Authorization", Assert.Single(server.Heads), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Proxies_of_the_environment_are_not_asked()
    {
        using var directory = new TempDirectory();
        await using var proxy = new RawHttpServer(RawHttpServer.Reply(200, Refusing));
        await using var peer = await GoHttpPeer.StartAsync();
        await using var node = await NodeProcess.StartWithAsync(
            [.. ((string[])["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"]).Select(name => (name, proxy.Url))],
            "--socket", directory.At("node.sock"), "--http", "http://127.0.0.1:0");

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "echo", peer.Hook, 5));

        Assert.Equal(5, (int?)(await peer.NextAsync())["result"]);
        Assert.Equal(0, proxy.Requests);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_a_tls_failure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<string, string>($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/", "greet", "");
        using var connection = await listener.AcceptTcpClientAsync().Within();
        await using var secure = new SslStream(connection.GetStream());

        var read = ReadAsync(secure, certificate);
        var error = await call.Error();

        Assert.Equal(Delivery.NotSent, Assert.IsType<AcommError.TlsFailed>(error).Delivery);
        Assert.Equal(0, await read.Within());
    }

    [Fact]
    public async Task A_connection_is_kept_for_the_next_request()
    {
        await using var peer = await GoHttpPeer.StartAsync(_ => GoWire.Ack("no"));
        await using var node = await TestNode.StartAsync();

        for (var i = 0; i < 3; i++)
            Assert.IsType<AcommError.Rejected>(await node.Acomm.CallAsync<string, string>(peer.Url, "greet", "").Error());

        Assert.Single(peer.Connections.Distinct());
    }

    // Gives the bytes of the request that came through, which must be none.
    private static async Task<int> ReadAsync(SslStream secure, X509Certificate2 certificate)
    {
        try
        {
            await secure.AuthenticateAsServerAsync(certificate);
            return await secure.ReadAsync(new byte[1]);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return 0;
        }
    }
}
