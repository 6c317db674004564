using Acomm.Effects;

namespace Acomm.AdapterTests.Support;

/// <summary>A source that gives some bytes and then hangs, as a file on a dead mount does; listening to its token, or not even to that.</summary>
internal sealed class HangingSource(int bytes, Hang hang) : IDisposable
{
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim released = new();
    private int disposals;

    /// <summary>Completes when it hangs.</summary>
    public Task Hanging => hanging.Task.Within();

    /// <summary>Completes when its token is cancelled.</summary>
    public Task Cancelled => cancelled.Task.Within();

    /// <summary>Completes when it is disposed.</summary>
    public Task Disposed => disposed.Task.Within();

    public int Disposals => Volatile.Read(ref disposals);

    public StreamSource ToSource() => StreamSource.From(WriteAsync, () =>
    {
        Interlocked.Increment(ref disposals);
        disposed.TrySetResult();
        return ValueTask.CompletedTask;
    });

    /// <summary>Lets what still hangs go.</summary>
    public void Dispose() => released.Set();

    private async Task WriteAsync(Stream to, CancellationToken cancel)
    {
        await to.WriteAsync(new byte[bytes], cancel);
        cancel.Register(() => cancelled.TrySetResult());
        hanging.TrySetResult();
        if (hang == Hang.Blocking)
            released.Wait(CancellationToken.None);
        else
            await new TaskCompletionSource().Task.WaitAsync(hang == Hang.Listening ? cancel : CancellationToken.None);
    }
}

/// <summary>How a source hangs.</summary>
public enum Hang
{
    /// <summary>Its token ends it.</summary>
    Listening,

    /// <summary>Nothing ends it.</summary>
    Deaf,

    /// <summary>Nothing ends it, and it holds its thread.</summary>
    Blocking,
}
