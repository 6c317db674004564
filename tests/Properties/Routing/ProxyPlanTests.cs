using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Routing;

/// <summary>A proxy changes where the answer and the data go, and can undo it; it never changes what is asked.</summary>
[Props(typeof(TrackerRequests), 300)]
public class ProxyPlanTests
{
    private static readonly Reach From = new Reach.Outside(TrackerWords.Peer, OutsidePolicy.Default);

    [Property]
    public void Invariant_13_no_plan_changes_id_task_args_or_the_stream_itself(Request request, Address to)
    {
        foreach (var plan in Plans(request, to))
        {
            Assert.Equal(
                (request.Id, request.Task, request.Args, request.StreamUrl),
                (plan.Request.Id, plan.Request.Task, plan.Request.Args, plan.Request.StreamUrl));
        }
    }

    [Property]
    public void Invariant_13_forward_and_back_again_restores_id_hook_and_stream(Request request, Address to)
    {
        foreach (var plan in Plans(request, to))
        {
            var back = plan.Route.Match(Some: route => plan.Request with { ResponseHook = route.OriginalHook }, None: () => plan.Request);
            Assert.Equal(request, back with { TaskUrl = request.TaskUrl });
        }
    }

    [Property]
    public void Every_plan_knows_the_hook_that_the_request_came_with(Request request, Address to) =>
        Assert.All(Plans(request, to), plan => Assert.Equal(request.ResponseHook, plan.OriginalHook));

    [Theory]
    [InlineData(null, 60)]
    [InlineData(1, 1)]
    [InlineData(3_600, 3_600)]
    [InlineData(86_399, 86_399)]
    [InlineData(86_401, 86_400)]
    public void An_answer_is_waited_for_as_long_as_its_sender_does_within_a_limit(int? seconds, int waited)
    {
        var request = Request.Of(TrackerWords.Id(0), TrackerWords.Parsed(TaskName.Parse("t")), RawJson.Null, TrackerWords.Hook) with
        {
            Timeout = seconds is { } s ? TimeSpan.FromSeconds(s) : Option<TimeSpan>.None,
        };
        Assert.Equal(TimeSpan.FromSeconds(waited), new ProxyPlan(request, None, StreamStep.Keep).Timeout(Limits.Default));
    }

    [Property]
    public void Nobody_is_routed_to_who_wanted_no_answer(Request request, Address to)
    {
        var silent = request with { ResponseHook = None };
        Assert.All(Plans(silent, to), plan => Assert.True(plan.Route.IsNone && plan.Request.ResponseHook.IsNone));
    }

    [Property]
    public void Where_there_is_a_route_the_hook_is_the_proxys_own(Request request, Address to)
    {
        Assert.All(
            Plans(request, to),
            plan => Assert.True(plan.Route.IsNone || plan.Request.ResponseHook == Some(TrackerRequests.OwnHook) || plan.Request.ResponseHook == Some(TrackerRequests.PublicHook)));
    }

    [Property]
    public void Inward_what_is_on_unix_already_stays_as_it_is(Request request)
    {
        var plan = ProxyPlan.Inward(request, TrackerRequests.OwnHook, From);
        if (request.ResponseHook.Exists(hook => hook.IsUnix))
            Assert.Equal((request, Option<Route.Forward>.None), (plan.Request, plan.Route));
        Assert.Equal(plan.Request, ProxyPlan.Inward(plan.Request, TrackerRequests.OwnHook, From).Request);
    }

    [Property]
    public void Inward_an_http_hook_becomes_the_nodes_unix_hook_and_an_http_stream_is_offered_on_unix(Request request)
    {
        var plan = ProxyPlan.Inward(request, TrackerRequests.OwnHook, From);
        Assert.True(plan.Request.ResponseHook.ForAll(hook => hook.IsUnix));
        Assert.Equal(request.ResponseHook.Filter(hook => !hook.IsUnix).Map(hook => new Route.Forward(hook, From)), plan.Route);
        Assert.Equal(request.StreamUrl.Exists(url => !url.IsUnix) ? StreamStep.OfferOnUnix : StreamStep.Keep, plan.Stream);
        Assert.Equal(request.TaskUrl, plan.Request.TaskUrl);
    }

    [Property]
    public void Outward_any_hook_becomes_the_public_one_and_a_unix_stream_is_published(Request request)
    {
        var plan = ProxyPlan.Outward(request, TrackerRequests.PublicHook, From);
        Assert.Equal(request.ResponseHook.Map(_ => TrackerRequests.PublicHook), plan.Request.ResponseHook);
        Assert.Equal(request.ResponseHook.Map(hook => new Route.Forward(hook, From)), plan.Route);
        Assert.Equal(request.StreamUrl.Exists(url => url.IsUnix) ? StreamStep.PublishOverHttp : StreamStep.Keep, plan.Stream);
        Assert.Equal(request.TaskUrl, plan.Request.TaskUrl);
    }

    [Property]
    public void A_request_that_is_passed_on_is_answered_through_this_node_and_its_task_url_is_used_up(Request request, Address to)
    {
        var plan = PassOn(request, to);
        var hook = to.IsUnix ? TrackerRequests.OwnHook : TrackerRequests.PublicHook;
        Assert.True(plan.Request.TaskUrl.IsNone);
        Assert.Equal(request.ResponseHook.Map(_ => hook), plan.Request.ResponseHook);
        Assert.Equal(request.ResponseHook.Map(h => new Route.Forward(h, From)), plan.Route);
    }

    [Property]
    public void The_stream_of_a_request_that_is_passed_on_ends_where_its_receiver_can_read_it(Request request, Address to)
    {
        var wanted = request.StreamUrl.Match(
            Some: url => (url.IsUnix, to.IsUnix) switch
            {
                (true, false) => StreamStep.PublishOverHttp,
                (false, true) => StreamStep.OfferOnUnix,
                _ => StreamStep.Keep,
            },
            None: () => StreamStep.Keep);
        Assert.Equal(wanted, PassOn(request, to).Stream);
    }

    [Theory]
    [InlineData("unix", "own", "http", StreamStep.PublishOverHttp)]
    [InlineData("unix", "outside", "http", StreamStep.PublishOverHttp)]
    [InlineData("unix", "own", "unix", StreamStep.Keep)]
    [InlineData("http", "own", "unix", StreamStep.Keep)]
    [InlineData("http", "outside", "unix", StreamStep.OfferOnUnix)]
    [InlineData("http", "outside", "http", StreamStep.Keep)]
    [InlineData("http", "own", "http", StreamStep.Keep)]
    [InlineData("-", "outside", "unix", StreamStep.Keep)]
    [InlineData("-", "own", "http", StreamStep.Keep)]
    public void The_stream_of_an_answer_is_made_readable_at_its_hook(string stream, string origin, string hook, StreamStep wanted)
    {
        var response = Response.Success(TrackerWords.Id(0), RawJson.Null) with { StreamUrl = At(stream) };
        var from = origin == "own" ? Origin.OwnSocket : new Origin.External(TrackerWords.Peer, None);
        Assert.Equal(wanted, ProxyPlan.AnswerStream(response, from, At(hook).IfNone(TrackerRequests.OwnHook)));
    }

    private static Option<Address> At(string scheme) => scheme switch
    {
        "unix" => Some(TrackerWords.Stream),
        "http" => Some(TrackerWords.Hook),
        _ => None,
    };

    private static ProxyPlan PassOn(Request request, Address to) =>
        ProxyPlan.PassOn(request, to, TrackerRequests.OwnHook, TrackerRequests.PublicHook, From);

    private static IEnumerable<ProxyPlan> Plans(Request request, Address to) =>
    [
        ProxyPlan.Inward(request, TrackerRequests.OwnHook, From),
        ProxyPlan.Outward(request, TrackerRequests.PublicHook, From),
        PassOn(request, to),
    ];
}
