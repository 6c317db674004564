using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Handling;

/// <summary>Handlers are given to requests within their limits, in order, and in turn.</summary>
[Props(typeof(AdmissionScripts), 500)]
public class AdmissionTests
{
    [Property]
    public void Every_step_is_that_of_plain_lists(AdmissionScript script)
    {
        var reference = new ReferenceAdmission(script);
        foreach (var (input, after, outputs) in Run(script))
        {
            Assert.Equal(reference.Step(input), outputs);
            Assert.Equal(reference.Running.Count, after.Running);
            Assert.Equal(reference.Waiting.Count, after.Waiting);
            Assert.Equal(reference.Waiting.Sum(w => w.Bytes), after.WaitingBytes);
            foreach (var task in AdmissionScript.Tasks)
            {
                Assert.Equal(reference.Running.Count(t => t == task), after.RunningOf(task));
                Assert.Equal(reference.Waiting.Count(w => w.Task == task), after.WaitingOf(task));
            }
        }
    }

    [Property]
    public void What_is_refused_changes_nothing(AdmissionScript script)
    {
        var before = script.Initial;
        foreach (var (_, after, outputs) in Run(script))
        {
            if (outputs.Exists(output => output is AdmissionOutput.Refused))
                Assert.Equal(before, after);
            before = after;
        }
    }

    [Property]
    public void Every_request_is_run_once_or_refused_or_gives_up_and_at_the_end_nothing_is_left(AdmissionScript script)
    {
        var steps = Run(script).ToList();
        var state = steps.Count == 0 ? script.Initial : steps[^1].After;
        var ran = steps.SelectMany(s => s.Outputs).OfType<AdmissionOutput.Run>().Select(r => r.Ticket).ToList();
        while (state.Running > 0)
        {
            (state, var output) = Admission.Step(state, new AdmissionInput.Finish(AdmissionScript.Tasks.First(t => state.RunningOf(t) > 0)));
            ran.AddRange(output.OfType<AdmissionOutput.Run>().Select(r => r.Ticket));
        }

        var gone = steps.SelectMany(s => s.Outputs).OfType<AdmissionOutput.Refused>().Select(r => r.Ticket)
            .Concat(steps.Select(s => s.Input).OfType<AdmissionInput.Withdraw>().Select(w => w.Ticket));
        Assert.Equal(steps.Select(s => s.Input).OfType<AdmissionInput.Arrive>().Select(a => a.Ticket), ran.Concat(gone).Order());
        Assert.Equal((0L, 0), (state.WaitingBytes, AdmissionScript.Tasks.Sum(state.WaitingOf)));
    }

    [Fact]
    public void A_state_that_nobody_made_has_the_limits_that_nobody_set()
    {
        Assert.Equal(Limits.Default, default(AdmissionState).Limits);
        var (state, output) = Admission.Arrive(default, AdmissionScript.Tasks[0], 1, 10);
        Assert.Equal(new AdmissionOutput.Run(1), output);
        Assert.Equal(1, state.Running);
    }

    [Fact]
    public void A_task_with_many_requests_and_a_task_with_few_have_their_turns_one_after_the_other()
    {
        var (busy, rare) = (AdmissionScript.Tasks[0], AdmissionScript.Tasks[1]);
        var state = AdmissionState.Create(Limits.Default with { Handlers = 1 }, default);
        foreach (var (task, ticket) in new[] { (busy, 1), (busy, 2), (busy, 3), (busy, 4), (rare, 5), (rare, 6) })
            (state, _) = Admission.Step(state, new AdmissionInput.Arrive(task, ticket, 0));
        var order = new List<long>();
        foreach (var task in new[] { busy, busy, rare, busy, rare })
        {
            (state, var output) = Admission.Step(state, new AdmissionInput.Finish(task));
            order.AddRange(output.OfType<AdmissionOutput.Run>().Select(run => run.Ticket));
        }

        Assert.Equal([2L, 5, 3, 6, 4], order);
    }

    // Withdrawals only of what waits, as the contract of the inputs has it; finishes of anything.
    private static IEnumerable<(AdmissionInput Input, AdmissionState After, Seq<AdmissionOutput> Outputs)> Run(AdmissionScript script)
    {
        var state = script.Initial;
        var waiting = new List<(TaskName Task, long Ticket)>();
        var tickets = 0L;
        foreach (var move in script.Moves)
        {
            var task = AdmissionScript.Tasks[move.Task];
            AdmissionInput input = move.Verb switch
            {
                AdmissionVerb.Withdraw when waiting.Count > 0 => new AdmissionInput.Withdraw(waiting[move.Nth % waiting.Count].Task, waiting[move.Nth % waiting.Count].Ticket),
                AdmissionVerb.Finish => new AdmissionInput.Finish(task),
                _ => new AdmissionInput.Arrive(task, ++tickets, move.Bytes),
            };
            (state, var output) = Admission.Step(state, input);
            var outputs = output.ToSeq();
            waiting.AddRange(outputs.OfType<AdmissionOutput.Wait>().Select(w => (task, w.Ticket)));
            waiting.RemoveAll(w => input is AdmissionInput.Withdraw gone ? gone.Ticket == w.Ticket : outputs.Exists(o => o is AdmissionOutput.Run run && run.Ticket == w.Ticket));
            yield return (input, state, outputs);
        }
    }
}
