using Acomm.Effects;

namespace Acomm.Cli.Watching;

/// <summary>What is known of a node after some asking: its last reply, what happened since the one before, and why the last asking failed, if it did.</summary>
internal sealed record Watch(StatusReply Last, Rates? Rates, string? Problem)
{
    /// <summary>After one more reply. A node that is asked often says the same for a while: that tells nothing new.</summary>
    public Watch Then(StatusReply reply) => reply.Sample.UptimeSeconds.Equals(Last.Sample.UptimeSeconds)
        ? new Watch(reply, Rates, null)
        : new Watch(reply, Rates.Between(Last.Sample, reply.Sample), null);

    /// <summary>After an asking that failed.</summary>
    public Watch Without(string problem) => this with { Rates = null, Problem = problem };

    /// <summary>Asks once more; that a node cannot be reached for a while is part of what is to be seen.</summary>
    public async Task<Watch> AskAsync(StatusClient client, CancellationToken cancel)
    {
        try
        {
            return Then(await client.AskAsync(cancel));
        }
        catch (Exception e) when (e is AcommException or StatusUnreadableException)
        {
            return Without(e.Message);
        }
    }
}
