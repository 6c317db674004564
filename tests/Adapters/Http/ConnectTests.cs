using System.Net;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Http;

/// <summary>Where no connection is made, nothing was sent.</summary>
public sealed class ConnectTests
{
    [Fact]
    public async Task A_host_that_does_not_resolve_is_a_dns_failure()
    {
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.CallAsync<string, string>("http://nosuch.invalid/", "greet", "").Error();

        Assert.IsType<AcommError.DnsFailed>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
    }

    [Fact]
    public async Task A_port_on_which_nobody_listens_is_unreachable()
    {
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.CallAsync<string, string>($"http://127.0.0.1:{UnusedPort()}/", "greet", "").Error();

        Assert.IsType<AcommError.PeerUnreachable>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
    }

    [Fact]
    public async Task Https_to_a_server_that_closes_in_the_handshake_is_a_tls_failure()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<string, string>($"https://{server.LocalEndpoint}/", "greet", "");

        (await server.AcceptSocketAsync().Within()).Dispose();
        var error = await call.Error();

        Assert.IsType<AcommError.TlsFailed>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
    }

    [Fact]
    public async Task Https_to_a_server_that_never_finishes_the_handshake_is_a_tls_failure()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var node = await TestNode.WithLimitsAsync(l => l with { Connect = TimeSpan.FromSeconds(2) });

        var error = await node.Acomm.CallAsync<string, string>($"https://{silent.LocalEndpoint}/", "greet", "").Error();

        Assert.IsType<AcommError.TlsFailed>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
    }

    [Fact]
    public async Task Https_to_a_server_that_speaks_something_else_is_a_tls_failure()
    {
        await using var plain = await TestNode.StartAsync();
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.CallAsync<string, string>(plain.Http.Replace("http:", "https:", StringComparison.Ordinal), "greet", "").Error();

        Assert.IsType<AcommError.TlsFailed>(error);
    }

    // Free a moment ago, and the system gives out others before it gives this one again.
    private static int UnusedPort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
