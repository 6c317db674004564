using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>How long a gathering waits: for all outcomes, or for so many, or for so long, whichever is first.</summary>
/// <param name="Count">Outcomes that are enough; none means all.</param>
/// <param name="Time">How long to wait; none means as long as the calls take.</param>
public readonly record struct Until(Option<int> Count, Option<TimeSpan> Time)
{
    /// <summary>For all of them.</summary>
    public static Until All => default;

    /// <summary>For the first so many.</summary>
    public static Until First(int count) => new(count, Option<TimeSpan>.None);

    /// <summary>For what is there after a time.</summary>
    public static Until After(TimeSpan time) => new(Option<int>.None, time);
}

/// <summary>
/// Many named calls at once, any number of them, and an outcome for each name. What was not waited for is given up, and
/// its outcome is <see cref="AcommError.Cancelled"/>. (Go: MultiRequest.)
/// </summary>
public sealed class Gathering<T>(TimeProvider? time = null) : IDisposable
{
    private readonly Dictionary<string, Task<Either<AcommError, T>>> calls = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource giveUp = new();

    /// <summary>Begins a call under a name; <see cref="AcommError.ValueInvalid"/> if the name is there already, and nothing is begun then.</summary>
    /// <param name="name">Names the outcome.</param>
    /// <param name="call">Begins the call; the token gives it up.</param>
    public Either<AcommError, Unit> Add(string name, Func<CancellationToken, Task<Either<AcommError, T>>> call)
    {
        if (calls.ContainsKey(name))
            return new AcommError.ValueInvalid("name", $"'{Shown.Text(name)}' is there twice");
        calls.Add(name, call(giveUp.Token));
        return Unit.Default;
    }

    /// <summary>Waits, and gives an outcome for each name that was added.</summary>
    public async Task<IReadOnlyDictionary<string, Either<AcommError, T>>> WaitAsync(Until until, CancellationToken cancel = default)
    {
        await EnoughAsync(until, cancel).ConfigureAwait(false);
        await giveUp.CancelAsync().ConfigureAwait(false);
        var outcomes = new Dictionary<string, Either<AcommError, T>>(StringComparer.Ordinal);
        foreach (var (name, call) in calls)
            outcomes.Add(name, await call.ConfigureAwait(false));
        return outcomes;
    }

    /// <summary>Gives up what is still open.</summary>
    public void Dispose()
    {
        giveUp.Cancel();
        giveUp.Dispose();
    }

    private async Task EnoughAsync(Until until, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var limit = new CancellationTokenSource(until.Time.IfNone(Timeout.InfiniteTimeSpan), time ?? TimeProvider.System);
        using var onLimit = limit.Token.UnsafeRegister(static o => ((CancellationTokenSource)o!).Cancel(), over);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onOver = over.Token.UnsafeRegister(static e => ((TaskCompletionSource)e!).TrySetResult(), ended);
        var missing = Math.Min(until.Count.IfNone(calls.Count), calls.Count);
        if (missing <= 0)
            return;
        foreach (var call in calls.Values)
        {
            _ = call.ContinueWith(
                _ =>
                {
                    if (Interlocked.Decrement(ref missing) == 0)
                        ended.TrySetResult();
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        await ended.Task.ConfigureAwait(false);
    }
}
