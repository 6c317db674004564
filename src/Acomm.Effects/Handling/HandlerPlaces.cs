using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>The places in handlers: who has one, and who waits for one.</summary>
internal sealed class HandlerPlaces(AdmissionState state)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, TaskCompletionSource> waiting = [];
    private AdmissionState state = state;
    private long tickets;

    /// <summary>Who has a place and who waits, at this moment.</summary>
    public AdmissionState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    /// <summary>A place for a request of so many bytes, now or later; <see cref="AcommError.TaskOverloaded"/>, <see cref="AcommError.NodeOverloaded"/>.</summary>
    public Either<AcommError, HandlerPlace> Enter(TaskName task, int bytes)
    {
        lock (gate)
        {
            var ticket = ++tickets;
            (state, var output) = Admission.Arrive(state, task, ticket, bytes);
            return output switch
            {
                AdmissionOutput.Refused refused => refused.Error,
                AdmissionOutput.Wait => new HandlerPlace(this, task, ticket, (waiting[ticket] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task),
                _ => new HandlerPlace(this, task, ticket, Task.CompletedTask),
            };
        }
    }

    /// <summary>Gives a place back, whether it was come to or not.</summary>
    public void Leave(TaskName task, long ticket)
    {
        lock (gate)
        {
            if (waiting.Remove(ticket))
            {
                state = Admission.Withdraw(state, task, ticket);
                return;
            }

            (state, var output) = Admission.Finish(state, task);
            if (output.Case is AdmissionOutput.Run next && waiting.Remove(next.Ticket, out var source))
                source.SetResult();
        }
    }
}

/// <summary>One request's place in the handler of its task. It is given back once, however often it is left.</summary>
/// <param name="places">Where it came from.</param>
/// <param name="task">The task.</param>
/// <param name="ticket">Which request.</param>
/// <param name="free">Ends when the place is free.</param>
internal sealed class HandlerPlace(HandlerPlaces places, TaskName task, long ticket, Task free)
{
    private int left;

    /// <summary>Waits until it is the request's turn.</summary>
    public Task WhenFreeAsync(CancellationToken cancel) => free.WaitAsync(cancel);

    public void Leave()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
            places.Leave(task, ticket);
    }
}
