using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.Violation;

namespace Acomm.Properties.Simulation;

/// <summary>The places in the handler of a node: who has one, and who waits for one, first come first.</summary>
internal sealed class Places(World world)
{
    private readonly Dictionary<long, Action> starts = [];
    private readonly LinkedList<long> line = new();
    private AdmissionState state = AdmissionState.Create(world.Plan.Limits, default);
    private long tickets;
    private int running;

    /// <summary>A place for a request of so many bytes, now or later.</summary>
    public Either<AcommError, long> Enter(int bytes)
    {
        var ticket = ++tickets;
        var output = Step(new AdmissionInput.Arrive(World.Task, ticket, bytes)).Case;
        if (output is AdmissionOutput.Refused refused)
        {
            Expect(line.Count >= world.Plan.Limits.HandlersWaitingPerTask, Invariant.HandlersHavePlaces, $"{line.Count} wait, and one more was refused");
            return refused.Error;
        }

        if (output is AdmissionOutput.Wait)
            line.AddLast(ticket);
        else
            running++;
        Look();
        return ticket;
    }

    /// <summary>Does something when the place is free.</summary>
    public void WhenFree(long ticket, Action start)
    {
        if (line.Contains(ticket))
            starts[ticket] = start;
        else
            start();
    }

    /// <summary>Gives a place back, whether it was come to or not.</summary>
    public void Leave(long ticket)
    {
        AdmissionInput input = line.Remove(ticket) ? new AdmissionInput.Withdraw(World.Task, ticket) : new AdmissionInput.Finish(World.Task);
        if (input is AdmissionInput.Finish)
            running--;
        var output = Step(input).Case;
        if (output is not null)
        {
            Expect(
                output is AdmissionOutput.Run next && next.Ticket == line.First?.Value,
                Invariant.HandlersHavePlaces,
                $"{line.First?.Value} is the next, not so {output}");
            line.RemoveFirst();
            running++;
        }

        Look();
        if (output is AdmissionOutput.Run run && starts.Remove(run.Ticket, out var start))
            start();
    }

    private Option<AdmissionOutput> Step(AdmissionInput input)
    {
        (state, var output) = world.Core.Admit(state, input);
        return output;
    }

    private void Look()
    {
        var limits = world.Plan.Limits;
        var limit = Math.Min(limits.Handlers, limits.HandlersPerTask);
        Expect(running <= limit, Invariant.HandlersHavePlaces, $"{running} are in the handler, the limit is {limit}");
        Expect(line.Count == 0 || running == limit, Invariant.HandlersHavePlaces, $"{line.Count} wait, and {running} of {limit} places are taken");
        Expect(
            (state.Running, state.WaitingOf(World.Task)) == (running, line.Count),
            Invariant.HandlersHavePlaces,
            $"{state.Running} and {state.WaitingOf(World.Task)} are held to run and wait, it should be {running} and {line.Count}");
    }
}
