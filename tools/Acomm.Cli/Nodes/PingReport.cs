using System.Collections.Concurrent;
using System.Globalization;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Cli.Nodes;

/// <summary>What came of many calls.</summary>
internal sealed class PingReport
{
    private readonly ConcurrentBag<TimeSpan> answered = [];
    private readonly ConcurrentQueue<AcommError> failed = [];

    /// <summary>That of the first failure, if there was one.</summary>
    public int ExitCode => failed.TryPeek(out var first) ? ExitCodes.Of(first) : ExitCodes.Success;

    /// <summary>Why a call failed, if it did. Where no task was named, the refusal that there is none is as good as an answer; a Go peer gives no code.</summary>
    public static AcommError? Failure(Either<AcommError, Reply<RawJson>> ended, bool isRefusalWanted) => ended.Case switch
    {
        AcommError.Rejected rejected when isRefusalWanted && rejected.Code.ForAll(code => code == nameof(AcommError.UnknownTask)) => null,
        AcommError error => error,
        _ => null,
    };

    public void Add(AcommError? failure, TimeSpan took)
    {
        if (failure is null)
            answered.Add(took);
        else
            failed.Enqueue(failure);
    }

    public IEnumerable<string> Lines(TimeSpan wall)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{answered.Count} answered, {failed.Count} failed, {wall.TotalSeconds:0.###} s, {answered.Count / wall.TotalSeconds:0.#} calls/s");
        if (!answered.IsEmpty)
            yield return Latencies.Of(answered).ToString();
        foreach (var kind in failed.GroupBy(error => error.Name))
            yield return $"{kind.Count()} {kind.First()}";
    }
}
