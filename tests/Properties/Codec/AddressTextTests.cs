using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Text to parts and back, as Go's url.Parse and String() do it.</summary>
public sealed class AddressTextTests
{
    [Prop]
    public void An_address_is_read_back_from_its_text(Address address) => Assert.Equal(address, Address.Parse(address.ToString()).Right());

    [Theory]
    [InlineData("unix:///tmp/x.sock", "", "", "/tmp/x.sock", "")]
    [InlineData("unix:/tmp/x.sock", "", "", "/tmp/x.sock", "")]
    [InlineData("unix:rel.sock", "rel.sock", "", "", "")]
    [InlineData("unix://asdf", "", "asdf", "", "")]
    [InlineData("unix://asdf/x", "", "asdf", "/x", "")]
    [InlineData("unix:", "", "", "", "")]
    [InlineData("http://h", "", "h", "", "")]
    [InlineData("http://h:80/", "", "h:80", "/", "")]
    [InlineData("http://h:/", "", "h:", "/", "")]
    [InlineData("http://[::1]:80/p", "", "[::1]:80", "/p", "")]
    [InlineData("http://[fe80::1%25eth0]/p", "", "[fe80::1%eth0]", "/p", "")]
    [InlineData("http://h/a%2Fb", "", "h", "/a/b", "/a%2Fb")]
    [InlineData("http://h/a%20b", "", "h", "/a b", "")]
    [InlineData("http://h/a%2fb%e2%82%ac", "", "h", "/a/b€", "/a%2fb%e2%82%ac")]
    [InlineData("http://h/%E2%82%AC", "", "h", "/€", "")]
    [InlineData("http://h/€", "", "h", "/€", "/€")]
    [InlineData("http://h/a!b'(c)*[d]", "", "h", "/a!b'(c)*[d]", "/a!b'(c)*[d]")]
    [InlineData("http://h/$&+,:;=@-_.~", "", "h", "/$&+,:;=@-_.~", "")]
    [InlineData("http:///p", "", "", "/p", "")]
    [InlineData("http:////p", "", "", "//p", "")]
    [InlineData("http:p", "p", "", "", "")]
    [InlineData("http://b%C3%BCcher/", "", "bücher", "/", "")]
    public void The_parts_are_those_that_go_finds(string text, string opaque, string host, string path, string rawPath)
    {
        var read = Address.Parse(text).Right();
        Assert.Equal((opaque, host, path, rawPath), (read.Opaque, read.Host, read.Path, read.RawPath));
        Assert.False(read.HasUser);
        Assert.False(read.ForceQuery);
        Assert.Equal(("", "", ""), (read.RawQuery, read.Fragment, read.RawFragment));
    }

    [Theory]
    [InlineData("http://h?", true, "", "", "")]
    [InlineData("http://h/?a=b", false, "a=b", "", "")]
    [InlineData("http://h/?a?", false, "a?", "", "")]
    [InlineData("http://h/??", false, "?", "", "")]
    [InlineData("http://h/?a=%zz", false, "a=%zz", "", "")]
    [InlineData("http://h/#f", false, "", "f", "")]
    [InlineData("http://h/#a%2Fb", false, "", "a/b", "a%2Fb")]
    [InlineData("http://h/#a%20b", false, "", "a b", "")]
    [InlineData("http://h/#a!(b)*?$&+,/:;=@", false, "", "a!(b)*?$&+,/:;=@", "")]
    [InlineData("http://h/#it's", false, "", "it's", "it's")]
    [InlineData("http://h/?q#f#g", false, "q", "f#g", "f#g")]
    [InlineData("http:o?q#f", false, "q", "f", "")]
    public void Query_and_fragment_are_cut_off_as_go_does(string text, bool forceQuery, string query, string fragment, string rawFragment)
    {
        var read = Address.Parse(text).Right();
        Assert.Equal((forceQuery, query, fragment, rawFragment), (read.ForceQuery, read.RawQuery, read.Fragment, read.RawFragment));
    }

    // What the peer wrote is not always what Go writes again; then it is what any reader takes for the same.
    [Theory]
    [InlineData("HTTP://h/p", "http://h/p")]
    [InlineData("UniX:///p", "unix:///p")]
    [InlineData("http://me:secret@h/", "http://@h/")]
    [InlineData("http://a@b@h/", "http://@h/")]
    [InlineData("http://h/€", "http://h/%E2%82%AC")]
    [InlineData("http://h/a\"b", "http://h/a%22b")]
    [InlineData("http://h#", "http://h")]
    [InlineData("http://", "http:")]
    [InlineData("http:///p", "http:///p")]
    [InlineData("http:/p", "http:/p")]
    [InlineData("unix:/p", "unix:/p")]
    [InlineData("http://h/*", "http://h/*")]
    [InlineData("http://h/a%2Fb?x=%20#a%2Fb", "http://h/a%2Fb?x=%20#a%2Fb")]
    [InlineData("http://[fe80::1%25eth0]:80/", "http://[fe80::1%25eth0]:80/")]
    [InlineData("https://h?", "https://h?")]
    public void The_text_is_what_go_writes(string text, string written) => Assert.Equal(written, Address.Parse(text).Right().ToString());

    [Fact]
    public void A_path_that_begins_with_two_slashes_is_not_read_back_as_a_host()
    {
        var address = Address.Parse("unix:/%2Fhost}/x").Right();
        Assert.Equal(("", "//host}/x", true), (address.Host, address.Path, address.OmitHost));
        Assert.Equal("unix:////host%7D/x", address.ToString());
        var read = Address.Parse(address.ToString()).Right();
        Assert.Equal((address.Host, address.Path), (read.Host, read.Path));
    }

    [Theory]
    [InlineData("", "has no scheme")]
    [InlineData("host/path", "has no scheme")]
    [InlineData("://h", "has no scheme")]
    [InlineData("/only/path", "has no scheme")]
    [InlineData("#http://h", "has no scheme")]
    [InlineData("http://h/a b", "has a space or a control character")]
    [InlineData("http://h/a\r\nb", "has a space or a control character")]
    [InlineData("http://h/\u001f", "has a space or a control character")]
    [InlineData("http://h/\u007f", "has a space or a control character")]
    [InlineData("http://h/\0", "has a space or a control character")]
    [InlineData("http://h/%", "has an invalid percent encoding")]
    [InlineData("http://h/%2", "has an invalid percent encoding")]
    [InlineData("http://h/%g0", "has an invalid percent encoding")]
    [InlineData("http://h/%0g", "has an invalid percent encoding")]
    [InlineData("http://h/#%zz", "has an invalid percent encoding")]
    [InlineData("http://%C3/", "has a percent encoding of bytes that are no UTF-8")]
    [InlineData("http://h/%ff", "has a percent encoding of bytes that are no UTF-8")]
    [InlineData("http://h:80a/", "has a port that is no number")]
    [InlineData("http://h:-1/", "has a port that is no number")]
    [InlineData("http://::1/", "has a port that is no number")]
    [InlineData("http://[::1/", "has a host with unbalanced brackets")]
    [InlineData("http://::1]/", "has a host with unbalanced brackets")]
    [InlineData("http://[::1]80/", "has a host with unbalanced brackets")]
    public void What_is_no_address_is_refused_with_its_reason(string text, string reason) =>
        Assert.Equal(new AcommError.AddressMalformed(text, reason), Address.Parse(text).Left());

    [Fact]
    public void Text_with_an_unpaired_surrogate_is_no_address()
    {
        foreach (var text in new[] { "unix:///a\ud800", "http://\udc00h/", "http://h/?\ud83d", "unix:///\udc00\ud800" })
            Assert.Equal(new AcommError.AddressMalformed(text, "has an unpaired surrogate"), Address.Parse(text).Left());
    }

    // A host goes into a header and is compared with lists: nothing may be hidden in it. Go refuses all of these, too.
    [Theory]
    [InlineData("http://a%0d%0aX:1/")]
    [InlineData("http://a%2Fb/")]
    [InlineData("http://a%40b/")]
    [InlineData("http://a%3A80/")]
    [InlineData("http://%41/")]
    [InlineData("http://a\\b/")]
    [InlineData("http://a{b}/")]
    [InlineData("http://a^b/")]
    [InlineData("http://a|b/")]
    [InlineData("http://a`b/")]
    public void A_host_holds_nothing_that_no_host_may_have(string text)
    {
        var error = Address.Parse(text).Left<AcommError.AddressMalformed, Address>();
        Assert.Contains("in its host", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://h/", "ftp")]
    [InlineData("1http://h/", "1http")]
    [InlineData("tcp:x", "tcp")]
    [InlineData("unixs:///x", "unixs")]
    public void Another_scheme_is_refused_by_its_name(string text, string scheme) =>
        Assert.Equal(new AcommError.SchemeUnknown(scheme), Address.Parse(text).Left());
}
