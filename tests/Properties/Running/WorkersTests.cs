using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>Several workers for one task.</summary>
public sealed class WorkersTests : IWorkerDirectory
{
    private readonly FakeWorld world = new();

    public Either<AcommError, Seq<string>> List(string directory) =>
        directory == "/w/" ? new Seq<string>(["10-slow.sock", "9-fast.sock", "notes.txt", ".hidden.sock", "last.sock", "09-also.sock"]) : new AcommError.NoWorker(directory, "missing");

    [Fact]
    public async Task The_next_worker_is_tried_when_the_request_was_certainly_not_taken()
    {
        using var node = Started(to => to.Path switch
        {
            "/w/09-also.sock" => new AcommError.PeerUnreachable(to, "gone"),
            "/w/9-fast.sock" => new AcommError.Rejected(to, "UnknownTask", "UnknownTask"),
            _ => Unit.Default,
        });
        var reply = await new Workers(node, this).CallAsync<int, string>("/w/", "t", 1);
        Assert.Equal("/w/10-slow.sock", reply.Map(r => r.Result));
    }

    [Fact]
    public async Task No_other_worker_is_tried_when_the_request_may_have_been_taken()
    {
        using var node = Started(to => new AcommError.AckTimeout(to, TimeSpan.FromSeconds(5)));
        var called = new Workers(node, this).CallAsync<int, string>("/w/", "t", 1, TimeSpan.FromSeconds(1));
        world.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<AcommError.TimedOut>((await called).Case);
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task Without_a_worker_that_takes_it_the_last_ones_error_is_told()
    {
        using var node = Started(to => new AcommError.PeerUnreachable(to, "gone"));
        var workers = new Workers(node, this);
        var error = Assert.IsType<AcommError.NoWorker>((await workers.CallAsync<int, string>("/w/", "t", 1)).Case);
        Assert.Contains("/w/last.sock", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, world.Sent.Count);
        Assert.IsType<AcommError.NoWorker>((await workers.CallAsync<int, string>("/none", "t", 1)).Case);
    }

    private AcommNode Started(Func<Address, Either<AcommError, Unit>> outcome)
    {
        var node = world.NewNode();
        node.Start();
        world.OnSend = (to, document, _) =>
        {
            var sent = outcome(to);
            if (sent.IsRight)
            {
                var request = Document.ReadRequest(document, Limits.Default).IfLeft(error => throw new InvalidOperationException(error.ToString()));
                node.ReceiveOnSocket(Document.Write(request.Succeed(Json($"\"{to.Path}\""))));
            }

            return Task.FromResult(sent);
        };
        return node;
    }
}
