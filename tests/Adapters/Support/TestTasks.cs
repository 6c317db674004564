using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Support;

public sealed record Numbers(int A, int B);

public sealed record Sum(int Value);

/// <summary>Handlers that many tests need.</summary>
internal static class TestTasks
{
    public static void Echo(AcommBuilder acomm) => acomm.AddTask<RawJson, RawJson>("echo", (args, _, _) => Task.FromResult<Answer<RawJson>>(args));

    public static void Add(AcommBuilder acomm) =>
        acomm.AddTask<Numbers, Sum>("add", (args, _, _) => Task.FromResult<Answer<Sum>>(new Sum(args.A + args.B)));

    public static void Fail(AcommBuilder acomm) =>
        acomm.AddTask<string, Sum>("fail", (text, _, _) => Task.FromResult<Answer<Sum>>(Answer.Fail(text)));

    public static void Throw(AcommBuilder acomm) =>
        acomm.AddTask<RawJson, Sum>("throw", (_, _, _) => throw new InvalidOperationException("a secret of the handler"));

    /// <summary>A task that answers with a stream.</summary>
    public static Action<AcommBuilder> Give(Func<StreamSource> source) => acomm => acomm.AddTask<RawJson, string>(
        "give", (_, _, _) => Task.FromResult(Answer.WithStream("here it comes", source())));

    /// <summary>A task that reads the request's stream and answers with what it read, or with the error.</summary>
    public static void Take(AcommBuilder acomm) => acomm.AddTask<RawJson, byte[]>("take", async (_, call, cancel) =>
    {
        var read = new MemoryStream();
        var copied = await call.Stream.Match(
            Some: stream => stream.CopyToAsync(read, cancel: cancel),
            None: () => throw new InvalidOperationException("no stream"));
        return copied.Match<Answer<byte[]>>(Right: _ => read.ToArray(), Left: error => Answer.Fail(error.ToString()));
    });
}

/// <summary>A task that waits until the test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the handler runs.</summary>
    public Task Entered => entered.Task.Within();

    /// <summary>Whether it does already.</summary>
    public bool IsEntered => entered.Task.IsCompleted;

    public void Release() => released.TrySetResult();

    public void AddTo(AcommBuilder acomm) => AddTo(acomm, null);

    public void AddTo(AcommBuilder acomm, int? concurrency) => acomm.AddTask<RawJson, string>("wait", async (_, _, cancel) =>
    {
        entered.TrySetResult();
        await released.Task.WaitAsync(cancel);
        return "released";
    }, concurrency);
}
