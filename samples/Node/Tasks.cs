using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Samples.Node;

internal sealed record FailArgs(string Message);

internal sealed record SleepArgs(int Ms);

internal sealed record SleepResult(int Slept);

internal sealed record BlobArgs(long Bytes);

internal sealed record BlobResult(long Bytes, string Sha256);

/// <summary>The tasks that a node offers to anybody who wants to try it.</summary>
internal static class Tasks
{
    public static void AddTo(AcommBuilder acomm) => acomm
        .AddTask<RawJson, RawJson>("echo", (args, _, _) => Task.FromResult<Answer<RawJson>>(args))
        .AddTask<FailArgs, RawJson>("fail", (args, _, _) => Task.FromResult<Answer<RawJson>>(Answer.Fail(args.Message)))
        .AddTask<SleepArgs, SleepResult>("sleep", SleepAsync)
        .AddTask<RawJson, RawJson>("throw", (_, _, _) => throw new InvalidOperationException("thrown on demand"))
        .AddTask<BlobArgs, BlobResult>("blob", (args, _, cancel) => BlobAsync(args, failAfter: null, cancel))
        .AddTask<BlobArgs, BlobResult>("torn", (args, _, cancel) => BlobAsync(args, failAfter: args.Bytes / 2, cancel))
        .AddTask<RawJson, BlobResult>("digest", DigestAsync);

    private static async Task<Answer<SleepResult>> SleepAsync(SleepArgs args, CallContext call, CancellationToken cancel)
    {
        if (args.Ms < 0)
            return Answer.Fail($"ms is {args.Ms}, it must be at least 0");
        await Task.Delay(args.Ms, cancel);
        return new SleepResult(args.Ms);
    }

    private static async Task<Answer<BlobResult>> BlobAsync(BlobArgs args, long? failAfter, CancellationToken cancel)
    {
        if (args.Bytes is < 0 or > Blob.LimitBytes)
            return Answer.Fail($"bytes is {args.Bytes}, it must be from 0 to {Blob.LimitBytes}");
        var whole = new HashingStream();
        await Blob.WriteAsync(whole, args.Bytes, cancel);
        var source = StreamSource.From(async (to, copying) =>
        {
            await Blob.WriteAsync(to, failAfter ?? args.Bytes, copying);
            if (failAfter is not null)
                throw new IOException("the source failed halfway, on demand");
        });
        return Answer.WithStream(new BlobResult(args.Bytes, whole.Finish()), source);
    }

    private static async Task<Answer<BlobResult>> DigestAsync(RawJson args, CallContext call, CancellationToken cancel)
    {
        var read = new HashingStream();
        var copied = await call.CopyStreamToAsync(read, cancel);
        return copied.Match<Answer<BlobResult>>(
            Right: bytes => new BlobResult(bytes, read.Finish()),
            Left: error => Answer.Fail(error));
    }
}
