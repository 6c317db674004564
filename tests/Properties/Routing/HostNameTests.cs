using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Routing;

/// <summary>An address that means "this machine" to its writer is made to mean his machine to everybody else.</summary>
[Props(typeof(TrackerRequests), 300)]
public class HostNameTests
{
    [Theory]
    [InlineData("http://localhost:81/h?x=1", "10.0.0.9:5000", "http://10.0.0.9:81/h?x=1")]
    [InlineData("http://127.0.0.1/h", "10.0.0.9", "http://10.0.0.9/h")]
    [InlineData("https://[::1]:8443/h", "fd00::1", "https://[fd00::1]:8443/h")]
    [InlineData("http://0.0.0.0:81/h", "[fd00::1]:5000", "http://[fd00::1]:81/h")]
    [InlineData("http://LOCALHOST./h", "peer.example", "http://peer.example/h")]
    [InlineData("http://a.example:81/h", "10.0.0.9:5000", "http://a.example:81/h")]
    [InlineData("http://localhost.example/h", "10.0.0.9", "http://localhost.example/h")]
    [InlineData("unix:///run/a.sock", "10.0.0.9", "unix:///run/a.sock")]
    public void The_writers_own_machine_becomes_the_remote_one_at_the_same_port(string address, string remote, string wanted) =>
        Assert.Equal(wanted, HostName.ReplaceLocal(TrackerWords.Parsed(Address.Parse(address)), remote).ToString());

    [Property]
    public void What_was_replaced_once_is_local_no_more(Address address)
    {
        var once = HostName.ReplaceLocal(address, "peer.example:5000");
        Assert.True(once.IsUnix || !HostName.IsLocal(once.Host));
        Assert.Equal(once, HostName.ReplaceLocal(once, "other.example"));
        Assert.Equal((address.Scheme, address.Path, address.RawQuery), (once.Scheme, once.Path, once.RawQuery));
    }
}
