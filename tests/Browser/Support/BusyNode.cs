using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.BrowserTests.Support;

/// <summary>A node with requests that stay open, some of which are named as an attacker would name them.</summary>
internal sealed class BusyNode : IAsyncDisposable
{
    public const string Script = "<script>window.taken = 1; alert(1)</script>";
    public const string Image = "\"'><img src=x onerror=\"window.taken = 1; alert(2)\"><style>body{display:none}</style>";
    public const string Long = "a.name.that.is.as.long.as.it.may.be-and-has-no-space-in-it-where-a-line-could-end-and-so-it-is-wide";

    // It reads requests, and never replies.
    private readonly RawHttpServer silent = new(_ => Task.Delay(Timeout.Infinite));
    private readonly FakeTimeProvider time;
    private readonly TestNode node;

    private BusyNode(TestNode node, FakeTimeProvider time) => (this.node, this.time) = (node, time);

    public string Status => $"{node.Http}/status";

    public string Unix => node.Unix;

    /// <summary>The path of the address that the hostile requests were sent to, as it is shown.</summary>
    public string HostilePath { get; } = "/%3Cscript%3Ealert(3)%3C/script%3E";

    public static async Task<BusyNode> StartAsync()
    {
        var time = new FakeTimeProvider();
        var started = await TestNode.StartAsync(
            tasks => tasks.AddTask<RawJson, string>("render", WaitAsync).AddTask<RawJson, string>("count", WaitAsync, concurrency: 1),
            time: time,
            map: app => app.MapAcommStatus());
        var busy = new BusyNode(started, time);
        busy.Begin(started.Unix, "render", "render-1");
        await Expect.Until(() => started.Node.Handlers.Running == 1);
        busy.Pass(TimeSpan.FromSeconds(20));
        var peer = $"{busy.silent.Url.TrimEnd('/')}{busy.HostilePath}?token=secret";
        busy.Begin(peer, Script, Image);
        busy.Begin(peer, Image, Script);
        busy.Begin(peer, Long, Long);
        await Expect.Until(() => busy.silent.Requests == 3);
        busy.Pass(TimeSpan.FromSeconds(22));
        busy.Begin(started.Unix, "count", "count-1");
        busy.Begin(started.Unix, "count", "count-2");
        await Expect.Until(() => started.Node.Handlers is { Running: 2, Waiting: 1 });
        busy.Pass(TimeSpan.FromSeconds(1.25));
        return busy;
    }

    /// <summary>Begins a request that stays open.</summary>
    public void Begin(string to, string task, string id) => node.Acomm.Begin(
        Address.Parse(to).Ok(), TaskName.Parse(task).Ok(), RawJson.Null, new CallOptions { Id = RequestId.Parse(id).Ok(), Timeout = TimeSpan.FromMinutes(10) });

    public void Pass(TimeSpan span) => time.Advance(span);

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        await silent.DisposeAsync();
    }

    private static async Task<Answer<string>> WaitAsync(RawJson args, CallContext call, CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return "never";
    }
}
