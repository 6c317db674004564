using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;

namespace Acomm.Properties.Generators;

/// <summary>What is done to an admission: few tasks and narrow limits, so that most of them meet.</summary>
/// <param name="Handlers">Places of all tasks.</param>
/// <param name="PerTask">Places of a task that has no limit of its own.</param>
/// <param name="OwnOfFirst">Places of the first task, 0 for no limit of its own.</param>
/// <param name="Waiting">How many may wait for one task.</param>
/// <param name="WaitingBytes">How many bytes may wait.</param>
/// <param name="Moves">What happens.</param>
public sealed record AdmissionScript(int Handlers, int PerTask, int OwnOfFirst, int Waiting, int WaitingBytes, IReadOnlyList<AdmissionMove> Moves)
{
    /// <summary>The tasks that there are.</summary>
    public static readonly IReadOnlyList<TaskName> Tasks = [.. new[] { "a", "b", "c" }.Select(n => TaskName.Parse(n).Right())];

    /// <summary>Nothing runs and nothing waits.</summary>
    internal AdmissionState Initial => AdmissionState.Create(
        Limits.Default with { Handlers = Handlers, HandlersPerTask = PerTask, HandlersWaitingPerTask = Waiting, HandlersWaitingBytes = WaitingBytes },
        OwnOfFirst == 0 ? default : HashMap<EqTaskName, TaskName, int>.Empty.Add(Tasks[0], OwnOfFirst));
}

/// <summary>A move; <paramref name="Nth"/> picks among the tickets that wait.</summary>
public sealed record AdmissionMove(AdmissionVerb Verb, int Task, int Bytes, int Nth);

/// <summary>What a move does.</summary>
public enum AdmissionVerb
{
    /// <summary>A request comes.</summary>
    Arrive,

    /// <summary>A handler is through.</summary>
    Finish,

    /// <summary>Somebody who waits goes.</summary>
    Withdraw,
}

/// <summary>Generates them.</summary>
public static class AdmissionScripts
{
    /// <summary>The generator with its shrinker, as FsCheck finds it by type.</summary>
    public static Arbitrary<AdmissionScript> Script() => Arb.From(Scripts, Shrink);

    private static Gen<AdmissionScript> Scripts =>
        from handlers in Gen.Choose(1, 4)
        from perTask in Gen.Choose(1, 4)
        from own in Gen.Choose(0, 2)
        from waiting in Gen.Choose(0, 4)
        from waitingBytes in Gen.Elements(0, 10, 25, 1_000)
        from length in Gen.Choose(0, 40)
        from moves in Moves.ListOf(length)
        select new AdmissionScript(handlers, perTask, own, waiting, waitingBytes, moves);

    private static Gen<AdmissionMove> Moves =>
        from verb in Gen.Frequency(
            (6, Gen.Constant(AdmissionVerb.Arrive)), (4, Gen.Constant(AdmissionVerb.Finish)), (1, Gen.Constant(AdmissionVerb.Withdraw)))
        from task in Gen.Choose(0, AdmissionScript.Tasks.Count - 1)
        from bytes in Gen.Choose(0, 10)
        from nth in Gen.Choose(0, 5)
        select new AdmissionMove(verb, task, bytes, nth);

    private static IEnumerable<AdmissionScript> Shrink(AdmissionScript script) =>
        Enumerable.Range(0, script.Moves.Count).Select(i => script with { Moves = [.. script.Moves.Where((_, at) => at != i)] });
}
