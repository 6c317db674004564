using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>"This machine" in an address from elsewhere means the machine that sent it.</summary>
public sealed class LocalHostTests
{
    // The first rows are Go's own table.
    [Theory]
    [InlineData("http://localhost/path", "foobar", "http://foobar/path")]
    [InlineData("http://localhost/path", "foobar:8080", "http://foobar/path")]
    [InlineData("http://localhost:8080/path", "foobar", "http://foobar:8080/path")]
    [InlineData("http://localhost:8080/path", "foobar:1234", "http://foobar:8080/path")]
    [InlineData("http://localhost/path", "[::1]", "http://[::1]/path")]
    [InlineData("http://localhost/path", "[::1]:8080", "http://[::1]/path")]
    [InlineData("http://localhost:8080/path", "[::1]", "http://[::1]:8080/path")]
    [InlineData("http://localhost:8080/path", "[::1]:1234", "http://[::1]:8080/path")]
    [InlineData("http://localhost/path", "127.42.42.42", "http://127.42.42.42/path")]
    [InlineData("http://localhost:8080/path", "127.42.42.42:1234", "http://127.42.42.42:8080/path")]
    [InlineData("http:///path", "foobar", "http://foobar/path")]
    [InlineData("http:///path", "foobar:8080", "http://foobar/path")]
    [InlineData("http://:8080/path", "foobar", "http://foobar:8080/path")]
    [InlineData("http://:8080/path", "foobar:1234", "http://foobar:8080/path")]
    [InlineData("http://127.0.0.1/path", "foobar", "http://foobar/path")]
    [InlineData("http://127.42.42.42:8080/path", "foobar:1234", "http://foobar:8080/path")]
    [InlineData("http://[::1]/path", "foobar", "http://foobar/path")]
    [InlineData("http://[::1]:8080/path", "foobar:1234", "http://foobar:8080/path")]
    [InlineData("http://[::1]/path", "[::2]", "http://[::2]/path")]
    [InlineData("http://[::1]:8080/path", "[::2]:1234", "http://[::2]:8080/path")]
    [InlineData("http://108.1.1.1/path", "foobar", "http://108.1.1.1/path")]
    [InlineData("http://108.1.1.1:8080/path", "foobar:1234", "http://108.1.1.1:8080/path")]
    [InlineData("unix:///run/x.sock", "10.0.0.7:1234", "unix:///run/x.sock")]
    [InlineData("http://localhost.:80/p", "foobar", "http://foobar:80/p")]
    [InlineData("http://LOCALHOST/p", "foobar", "http://foobar/p")]
    [InlineData("https://LocalHost:8443/p?q#f", "foobar", "https://foobar:8443/p?q#f")]
    [InlineData("http://0.0.0.0:80/p", "foobar", "http://foobar:80/p")]
    [InlineData("http://[::]:80/p", "foobar", "http://foobar:80/p")]
    [InlineData("http://[::ffff:127.0.0.1]/p", "foobar", "http://foobar/p")]
    [InlineData("http://[::ffff:0.0.0.0]/p", "foobar", "http://foobar/p")]
    [InlineData("http://localhost:80/p", "::2", "http://[::2]:80/p")]
    [InlineData("http://localhost:80/p", "fe80::1%eth0", "http://[fe80::1%25eth0]:80/p")]
    [InlineData("http://[::2]/p", "foobar", "http://[::2]/p")]
    [InlineData("http://example.localhost/p", "foobar", "http://example.localhost/p")]
    [InlineData("http://localhost.example/p", "foobar", "http://localhost.example/p")]
    [InlineData("http://128.0.0.1/p", "foobar", "http://128.0.0.1/p")]
    [InlineData("http://[::ffff:10.0.0.1]/p", "foobar", "http://[::ffff:10.0.0.1]/p")]
    public void A_local_host_becomes_the_remote_one_and_keeps_its_port(string address, string remote, string result) =>
        Assert.Equal(result, HostName.ReplaceLocal(Address.Parse(address).Right(), remote).ToString());

    [Theory]
    [InlineData("", "", "")]
    [InlineData("h", "h", "")]
    [InlineData("h:80", "h", ":80")]
    [InlineData("h:", "h", ":")]
    [InlineData(":80", "", ":80")]
    [InlineData("[::1]", "[::1]", "")]
    [InlineData("[::1]:80", "[::1]", ":80")]
    [InlineData("::1", "[::1]", "")]
    [InlineData("127.0.0.1", "127.0.0.1", "")]
    [InlineData("127.0.0.1:80", "127.0.0.1", ":80")]
    public void A_host_is_split_from_its_port(string host, string name, string port) => Assert.Equal((name, port), HostName.Split(host));

    [Fact]
    public void A_host_is_an_ip_address_or_a_name()
    {
        Assert.Equal(IpAddress.Parse("::1"), HostName.Ip("[::1]:80"));
        Assert.Equal(IpAddress.Parse("10.0.0.1"), HostName.Ip("10.0.0.1:80"));
        Assert.Equal(IpAddress.Parse("::1"), HostName.Ip("::1"));
        Assert.True(HostName.Ip("h:80").IsNone);
        Assert.True(HostName.Ip("").IsNone);
    }

    [Prop]
    public void Only_the_host_is_ever_replaced(Address address)
    {
        var replaced = HostName.ReplaceLocal(address, "remote");
        Assert.Equal(HostName.Split(address.Host).Port, HostName.Split(replaced.Host).Port);
        Assert.Equal((address.Path, address.RawQuery, address.Fragment), (replaced.Path, replaced.RawQuery, replaced.Fragment));
        if (address.IsUnix || !HostName.IsLocal(address.Host))
            Assert.Equal(address, replaced);
        else
            Assert.Equal("remote", HostName.Split(replaced.Host).Host);
    }
}
