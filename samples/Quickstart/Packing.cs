using System.IO.Compression;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Samples.Quickstart;

internal sealed record PackArgs(string Method)
{
    public const string Gzip = "gzip";
}

/// <summary>The task <c>pack</c>: hashes the request's stream, and answers with the digest and the same bytes, compressed.</summary>
internal static class Packing
{
    public static async Task<Answer<Digest>> PackAsync(PackArgs args, CallContext call, string directory, CancellationToken cancel)
    {
        if (args.Method != PackArgs.Gzip)
            return Answer.Fail($"the method '{args.Method}' is not known, only {PackArgs.Gzip} is");
        var opened = await call.OpenStreamAsync(cancel);
        if (opened.Case is not Stream sent)
            return Answer.Fail($"the file cannot be read: {(AcommError)opened.Case}");

        await using (sent)
        {
            var spool = NewSpool(directory);
            var digest = await Digest.CopyAsync(sent, spool, cancel);
            return Answer.WithStream(digest, StreamSource.From((to, copying) => CompressAsync(spool, to, copying)));
        }
    }

    private static async Task CompressAsync(FileStream spool, Stream to, CancellationToken cancel)
    {
        await using (spool)
        await using (var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
        {
            spool.Position = 0;
            await spool.CopyToAsync(gzip, cancel);
        }
    }

    // A file without a name: nothing is left of it, however this process ends.
    private static FileStream NewSpool(string directory)
    {
        var path = Path.Combine(directory, Path.GetRandomFileName());
        var spool = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        File.Delete(path);
        return spool;
    }
}
