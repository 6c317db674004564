using Acomm.Cli.Terminal;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Nodes;

/// <summary>Tells what happens to a node that its caller does not hear of else; of one kind no more than so many in a second.</summary>
internal sealed class Notes(Screen screen) : INodeEvents
{
    private readonly Lock gate = new();
    private readonly long start = TimeProvider.System.GetTimestamp();
    private Throttle throttle;

    public void Record(NodeEvent happened)
    {
        if (LineOf(happened) is { } line && IsTold())
            screen.Note(line);
    }

    // A call that was not sent, or was refused, ends with that error itself.
    private static string? LineOf(NodeEvent happened) => happened switch
    {
        NodeEvent.DocumentRefused e => $"refused a document: {e.Error}",
        NodeEvent.HandlerThrew e => $"the handler of {e.Task} threw: {Shown.Text(e.Exception.Message)}",
        NodeEvent.AnswerLost e => $"the answer to {e.Id} did not reach {e.Hook.Shown}: {e.Error}",
        NodeEvent.SendFailed { Error.Delivery: Delivery.Indeterminate } e => $"still waiting for the answer, though: {e.Error}",
        NodeEvent.StreamFailed e => $"a stream failed: {e.Error}",
        NodeEvent.AcceptFailed e => $"no connection can be accepted: {Shown.Text(e.Reason)}",
        NodeEvent.Faulted e => $"a defect: {Shown.Text(e.Exception.ToString())}",
        NodeEvent.Cut e => $"cut {e.Requests} open requests and {e.Handlers} handlers",
        _ => null,
    };

    private bool IsTold()
    {
        lock (gate)
        {
            (throttle, var isTold, _) = throttle.Happened(new Instant(TimeProvider.System.GetElapsedTime(start).Ticks));
            return isTold;
        }
    }
}
