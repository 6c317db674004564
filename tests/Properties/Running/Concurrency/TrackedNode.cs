using System.Collections.Concurrent;
using Acomm.Domain;
using Acomm.Effects;
using Acomm.Properties.Generators;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>A whole node whose requests are calls over a unix socket: what is built on the running tracker keeps its promises.</summary>
internal sealed class TrackedNode : ITracked
{
    // An end that has not come by then never comes.
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Task> ends = new();
    private readonly FakeTimeProvider time;
    private readonly AcommNode node;

    public TrackedNode(Limits limits, FakeTimeProvider time, TimeProvider clock)
    {
        this.time = time;
        var world = new FakeWorld();
        node = new AcommNode(
            new NodeSettings(At("unix:///own.sock"), limits, OutsidePolicy.Default),
            new NodeCapabilities(world, world, world, world, world, clock),
            TaskTable.Create([]).Right(),
            new PayloadCodec(System.Text.Json.JsonSerializerOptions.Web));
    }

    public TrackerState State => node.State;

    public IReadOnlyList<TrackerOutput.Forward> Forwarded => [];

    // Calls over a unix socket are local, have no token, and here their sending never fails.
    public Move Able(Move move) => move switch
    {
        Move.Register register => register with { Forwarded = false, Secret = Secret.None },
        Move.Respond respond => respond with { Sender = Sender.OwnSocket, Payload = respond.Payload * 3 },
        Move.SendFailed failed => new Move.Cancel(failed.Nth),
        _ => move,
    };

    public void Start() => node.Start();

    public Held Register(TrackerInput.Register asked)
    {
        var call = node.Begin(At("unix:///peer.sock"), Task_("t"), RawJson.Null, new CallOptions { Id = asked.Id, Timeout = asked.Timeout });
        ends.Enqueue(call.Answer);
        return new Held(
            () => call.Answer.IsCompletedSuccessfully
                ? Option<Either<AcommError, Response>>.Some(call.Answer.Result.Map(reply => Response.Success(reply.Id, reply.Result)))
                : Option<Either<AcommError, Response>>.None,
            call.Remove,
            _ => { });
    }

    public Acknowledgement Respond(Response response, Origin origin) => node.ReceiveOnSocket(Document.Write(response));

    public Task<long> StopAsync(Option<TimeSpan> limit)
    {
        var cut = CutAsync(limit);
        ends.Enqueue(cut);
        return cut;
    }

    public async Task SettledAsync()
    {
        var all = Task.WhenAll(ends).WaitAsync(Lost);
        while (!all.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await all;
    }

    public void Dispose() => node.Dispose();

    private async Task<long> CutAsync(Option<TimeSpan> limit) => (await node.StopAsync(limit)).CutRequests;
}
