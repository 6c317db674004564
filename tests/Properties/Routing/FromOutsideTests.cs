using Acomm.Domain;
using Acomm.Properties.Generators;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Routing;

/// <summary>What "localhost" in a document from another machine means.</summary>
public class FromOutsideTests
{
    private static readonly Address Local = TrackerWords.Parsed(Address.Parse("http://localhost:80/x"));
    private static readonly Address Remote = TrackerWords.Parsed(Address.Parse("http://10.0.0.9:80/x"));

    [Fact]
    public void Every_address_of_a_request_is_seen_from_here()
    {
        var request = Request.Of(TrackerWords.Id(0), TrackerWords.Parsed(TaskName.Parse("t")), RawJson.Null, Local) with { TaskUrl = Local, StreamUrl = Local };
        var seen = FromOutside.SeenFromHere(request, TrackerWords.Peer);
        Assert.Equal(request with { ResponseHook = Remote, TaskUrl = Remote, StreamUrl = Remote }, seen);
        Assert.Equal(request, FromOutside.SeenFromHere(request, TrackerWords.Loopback));
    }

    [Fact]
    public void So_is_the_hook_of_a_cancellation()
    {
        var cancellation = new Cancellation(TrackerWords.Id(0), Local);
        Assert.Equal(cancellation with { ResponseHook = Remote }, FromOutside.SeenFromHere(cancellation, TrackerWords.Peer));
        Assert.Equal(cancellation, FromOutside.SeenFromHere(cancellation, TrackerWords.Loopback));
    }

    [Fact]
    public void So_is_the_stream_of_a_response()
    {
        var response = Response.Success(TrackerWords.Id(0), RawJson.Null) with { StreamUrl = Local };
        Assert.Equal(response with { StreamUrl = Remote }, FromOutside.SeenFromHere(response, TrackerWords.Peer, OutsidePolicy.Default));
        Assert.Equal(response, FromOutside.SeenFromHere(response, TrackerWords.Loopback, OutsidePolicy.Default));
        var plain = response with { StreamUrl = None };
        Assert.Equal(plain, FromOutside.SeenFromHere(plain, TrackerWords.Peer, OutsidePolicy.Default));
    }

    [Theory]
    [InlineData("unix:///run/x.sock")]
    [InlineData("http://192.168.3.4/x")]
    public void A_response_whose_stream_leads_elsewhere_is_refused(string stream)
    {
        var response = Response.Success(TrackerWords.Id(0), RawJson.Null) with { StreamUrl = TrackerWords.Parsed(Address.Parse(stream)) };
        Assert.IsType<AcommError.AddressForbidden>(FromOutside.SeenFromHere(response, TrackerWords.Peer, OutsidePolicy.Default).Case);
    }
}
