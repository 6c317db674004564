using System.Security.Cryptography;
using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Soak;

internal sealed record NapArgs(int Ms);

internal sealed record BlobArgs(int Seed, int Bytes);

internal sealed record Digest(string Sha256)
{
    public static Digest Of(byte[] bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));
}

/// <summary>The tasks of a worker.</summary>
internal static class Tasks
{
    public static void AddTo(AcommBuilder acomm) => acomm
        .AddTask<RawJson, RawJson>("echo", (args, _, _) => Task.FromResult<Answer<RawJson>>(args))
        .AddTask<RawJson, RawJson>("fail", (_, _, _) => Task.FromResult<Answer<RawJson>>(Answer.Fail("failed on demand")))
        .AddTask<NapArgs, NapArgs>("nap", NapAsync)
        .AddTask<RawJson, Digest>("digest", DigestAsync)
        .AddTask<BlobArgs, Digest>("blob", (args, _, _) => Task.FromResult(Blob(args)));

    /// <summary>Bytes that are the same for the same args.</summary>
    public static byte[] Bytes(BlobArgs args)
    {
        var bytes = new byte[args.Bytes];
        new Random(args.Seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<Answer<NapArgs>> NapAsync(NapArgs args, CallContext call, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(args.Ms, cancel);
            return args;
        }
        catch (OperationCanceledException)
        {
            return Answer.Fail("woken by the stop");
        }
    }

    private static async Task<Answer<Digest>> DigestAsync(RawJson args, CallContext call, CancellationToken cancel)
    {
        using var read = new MemoryStream();
        var copied = await call.CopyStreamToAsync(read, cancel);
        return copied.Match<Answer<Digest>>(Right: _ => Digest.Of(read.ToArray()), Left: error => Answer.Fail(error));
    }

    private static Answer<Digest> Blob(BlobArgs args)
    {
        var bytes = Bytes(args);
        return Answer.WithStream(Digest.Of(bytes), StreamSource.From(new MemoryStream(bytes)));
    }
}
