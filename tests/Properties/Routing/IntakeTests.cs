using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Routing;

/// <summary>What is done with a request that came in: as a table, and as rules that hold for all of them.</summary>
[Props(typeof(TrackerRequests), 300)]
public class IntakeTests
{
    private static readonly Arrival Http = new Arrival.OverHttp(TrackerWords.Peer);

    [Theory]
    [InlineData("socket", "served", "-", "-", "-", "handled as it is")]
    [InlineData("socket", "served", "unix", "-", "unix", "handled as it is")]
    [InlineData("socket", "served", "http", "-", "http", "handled as it is")]
    [InlineData("socket", "other", "unix", "-", "-", "UnknownTask")]
    [InlineData("socket", "served", "unix", "unix", "-", "passed on")]
    [InlineData("socket", "other", "unix", "http", "unix", "passed on")]
    [InlineData("http", "served", "-", "-", "-", "handled as it is")]
    [InlineData("http", "served", "http", "-", "-", "handled by proxy")]
    [InlineData("http", "served", "http", "-", "http", "handled by proxy")]
    [InlineData("http", "served", "-", "-", "http", "stream by proxy")]
    [InlineData("http", "other", "http", "-", "-", "UnknownTask")]
    [InlineData("http", "served", "unix", "-", "-", "AddressForbidden")]
    [InlineData("http", "served", "http", "-", "unix", "AddressForbidden")]
    [InlineData("http", "served", "http", "unix", "-", "AddressForbidden")]
    [InlineData("http", "other", "unix", "-", "-", "AddressForbidden")]
    [InlineData("http", "other", "http", "http", "http", "passed on")]
    [InlineData("http", "other", "unix", "http", "-", "AddressForbidden")]
    public void A_request_that_came_over(string arrival, string task, string hook, string taskUrl, string stream, string wanted)
    {
        var request = new Request(TrackerWords.Id(0), TrackerWords.Parsed(TaskName.Parse(task)), RawJson.Null, At(hook), At(taskUrl), At(stream));
        var done = Decide(request, arrival == "http" ? Http : Arrival.Socket) switch
        {
            Intake.Refuse refuse => refuse.Error.Name,
            Intake.PassOn => "passed on",
            Intake.Handle { Plan: var plan } when plan.Route.IsSome => "handled by proxy",
            Intake.Handle { Plan.Stream: StreamStep.OfferOnUnix } => "stream by proxy",
            _ => "handled as it is",
        };
        Assert.Equal(wanted, done);
    }

    [Property]
    public void From_outside_no_address_on_unix_is_ever_followed(Request request, IpAddress caller)
    {
        var named = Seq(request.TaskUrl, request.ResponseHook, request.StreamUrl).Somes();
        var refused = Decide(request, new Arrival.OverHttp(caller)) is Intake.Refuse { Error: AcommError.AddressForbidden };
        Assert.True(refused || !named.Exists(a => a.IsUnix));
    }

    [Property]
    public void From_outside_an_ip_address_is_followed_only_to_where_the_policy_lets_it(Request request, IpAddress caller)
    {
        if (Decide(request, new Arrival.OverHttp(caller)) is not Intake.Refuse { Error: AcommError.AddressForbidden { Address: { IsUnix: false } address } })
            return;
        Assert.False(HostName.Ip(address.Host).ForAll(ip => OutsidePolicy.Default.Allows(caller, address.Host, ip)));
    }

    [Property]
    public void From_the_machine_itself_http_addresses_of_it_are_taken(Request request)
    {
        var local = Some(TrackerWords.Parsed(Address.Parse("http://localhost:80/x")));
        var intake = Decide(request with { ResponseHook = local, TaskUrl = None, StreamUrl = local }, new Arrival.OverHttp(TrackerWords.Loopback));
        Assert.False(intake is Intake.Refuse { Error: AcommError.AddressForbidden });
    }

    [Theory]
    [InlineData("unix://asdf")]
    [InlineData("unix:rel.sock")]
    [InlineData("http:///hook")]
    public void An_address_that_cannot_be_connected_to_is_refused(string text)
    {
        var nowhere = Some(TrackerWords.Parsed(Address.Parse(text)));
        var request = Request.Of(TrackerWords.Id(0), TrackerWords.Parsed(TaskName.Parse("served")), RawJson.Null, None);
        foreach (var asked in new[] { request with { ResponseHook = nowhere }, request with { TaskUrl = nowhere }, request with { StreamUrl = nowhere } })
            Assert.IsType<AcommError.AddressUnusable>(Assert.IsType<Intake.Refuse>(Decide(asked, Arrival.Socket)).Error);
    }

    [Theory]
    [InlineData("unix:///run/acomm/node.sock")]
    [InlineData("https://node.example:9000/acomm")]
    [InlineData("https://NODE.example:9000/acomm/")]
    public void A_task_url_that_is_the_nodes_own_is_handled_here(string own)
    {
        var request = Request.Of(TrackerWords.Id(0), TrackerWords.Parsed(TaskName.Parse("served")), RawJson.Null, None)
            with
        { TaskUrl = TrackerWords.Parsed(Address.Parse(own)) };
        Assert.IsType<Intake.Handle>(Decide(request, Arrival.Socket));
    }

    [Property]
    public void A_task_url_sends_a_request_there_whether_its_task_is_served_here_or_not(Request request, Address to)
    {
        var asked = request with { TaskUrl = to };
        if (Seq(asked.ResponseHook, asked.StreamUrl, asked.TaskUrl).Somes().ForAll(a => a.Usable.IsRight))
            Assert.Equal(new Intake.PassOn(asked, to), Decide(asked, Arrival.Socket));
    }

    [Property]
    public void A_task_that_is_not_served_is_refused_by_its_name(Request request, Arrival arrival)
    {
        var intake = Intake.Decide(request with { TaskUrl = None }, arrival, OutsidePolicy.Default, _ => false, TrackerRequests.OwnHook, TrackerRequests.PublicUrl);
        var error = Assert.IsType<Intake.Refuse>(intake).Error;
        Assert.True(error is AcommError.AddressForbidden or AcommError.AddressUnusable || error.Equals(new AcommError.UnknownTask(request.Task)));
    }

    [Property]
    public void What_is_handled_is_answered_locally_if_it_came_over_http_and_as_it_is_if_not(Request request, Arrival arrival)
    {
        if (Decide(request, arrival) is not Intake.Handle { Plan: var plan })
            return;
        Assert.Equal(
            arrival is Arrival.OverHttp http ? ProxyPlan.Inward(FromOutside.SeenFromHere(request, http.Caller), TrackerRequests.OwnHook, arrival.Reach(OutsidePolicy.Default)) : new ProxyPlan(request, None, StreamStep.Keep),
            plan);
    }

    private static Intake Decide(Request request, Arrival arrival) =>
        Intake.Decide(request, arrival, OutsidePolicy.Default, task => task.Value is "served" or "echo" or "sum", TrackerRequests.OwnHook, TrackerRequests.PublicUrl);

    private static Option<Address> At(string scheme) => scheme switch
    {
        "unix" => Some(TrackerWords.Stream),
        "http" => Some(TrackerWords.Hook),
        _ => None,
    };
}
