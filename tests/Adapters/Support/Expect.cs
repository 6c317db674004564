using Acomm.Domain;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using Xunit.Sdk;

namespace Acomm.AdapterTests.Support;

/// <summary>Waits for what must happen. The bound is a guard only: no test passes or fails by how fast it is met.</summary>
internal static class Expect
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static Task Within(this Task task) => task.WaitAsync(Bound);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Bound);

    public static Task<T> Within<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Bound);

    /// <summary>The value on the right.</summary>
    public static async Task<T> Ok<T>(this Task<Either<AcommError, T>> task) => (await task.Within()).Ok();

    /// <summary>The value on the right.</summary>
    public static T Ok<T>(this Either<AcommError, T> either) =>
        either.IfLeft(error => throw new XunitException($"a success was expected, and it is {error}"));

    /// <summary>The error on the left.</summary>
    public static async Task<AcommError> Error<T>(this Task<Either<AcommError, T>> task) => (await task.Within()).Error();

    /// <summary>The error on the left.</summary>
    public static AcommError Error<T>(this Either<AcommError, T> either) =>
        either.Match(Right: value => throw new XunitException($"an error was expected, and it is {value}"), Left: error => error);

    /// <summary>Lets time pass, a second at a time, until something is through.</summary>
    public static async Task<T> PassUntil<T>(this FakeTimeProvider time, Task<T> through)
    {
        using var guard = new CancellationTokenSource(Bound);
        while (!through.IsCompleted)
        {
            guard.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await through;
    }

    /// <summary>Reads on until something holds that is only ever about to become true, as when a count is written after a reply.</summary>
    public static async Task Until(Func<bool> holds)
    {
        using var guard = new CancellationTokenSource(Bound);
        while (!holds())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
