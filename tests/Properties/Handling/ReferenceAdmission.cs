using Acomm.Domain;
using Acomm.Properties.Generators;

namespace Acomm.Properties.Handling;

/// <summary>The same rules as plain lists, slow and easy to believe.</summary>
internal sealed class ReferenceAdmission(AdmissionScript script)
{
    // The tasks for which somebody waits; who waits longest for a place of its own stands first.
    private readonly List<TaskName> rotation = [];

    public List<TaskName> Running { get; } = [];

    public List<(TaskName Task, long Ticket, int Bytes)> Waiting { get; } = [];

    public IReadOnlyList<AdmissionOutput> Step(AdmissionInput input)
    {
        switch (input)
        {
            case AdmissionInput.Arrive arrive when HasPlace(arrive.Task):
                Running.Add(arrive.Task);
                return [new AdmissionOutput.Run(arrive.Ticket)];
            case AdmissionInput.Arrive arrive when Waiting.Count(w => w.Task == arrive.Task) == script.Waiting:
                return [new AdmissionOutput.Refused(arrive.Ticket, new AcommError.TaskOverloaded(arrive.Task, script.Waiting))];
            case AdmissionInput.Arrive arrive when Waiting.Sum(w => w.Bytes) + arrive.Bytes > script.WaitingBytes:
                return [new AdmissionOutput.Refused(arrive.Ticket, new AcommError.NodeOverloaded(script.WaitingBytes))];
            case AdmissionInput.Arrive arrive:
                Waiting.Add((arrive.Task, arrive.Ticket, arrive.Bytes));
                if (!rotation.Contains(arrive.Task))
                    rotation.Add(arrive.Task);
                return [new AdmissionOutput.Wait(arrive.Ticket)];
            case AdmissionInput.Finish finish when Running.Remove(finish.Task):
                return [.. Next()];
            case AdmissionInput.Withdraw withdraw:
                Waiting.RemoveAll(w => w.Ticket == withdraw.Ticket);
                rotation.RemoveAll(task => Waiting.All(w => w.Task != task));
                return [];
            default:
                return [];
        }
    }

    private IEnumerable<AdmissionOutput> Next()
    {
        foreach (var task in rotation.Where(HasPlace).Take(1).ToList())
        {
            var first = Waiting.First(w => w.Task == task);
            Waiting.Remove(first);
            Running.Add(task);
            rotation.Remove(task);
            if (Waiting.Any(w => w.Task == task))
                rotation.Add(task);
            yield return new AdmissionOutput.Run(first.Ticket);
        }
    }

    private bool HasPlace(TaskName task) =>
        Running.Count < script.Handlers && Running.Count(t => t == task) < (task == AdmissionScript.Tasks[0] && script.OwnOfFirst > 0 ? script.OwnOfFirst : script.PerTask);
}
