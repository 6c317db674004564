using System.IO.Compression;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Samples.Quickstart;

/// <summary>What the quickstart shows. Each step gives a line about what happened, or throws if that was not right.</summary>
internal sealed class Steps(IAcomm acomm, WorkerProcess worker, Screen screen, CancellationToken cancel)
{
    private static readonly PackArgs Gzip = new(PackArgs.Gzip);

    /// <summary>Sends the file with a request; reads the stream of the answer; compares.</summary>
    public Task<string> SendThereAndBackAsync(SampleFile file, string to, string scheme) =>
        Screen.WithBarAsync($"{scheme}, there and back", 2 * file.Digest.Bytes, async moved =>
        {
            var options = new CallOptions { Timeout = TimeSpan.FromMinutes(2), Stream = file.ToSource(moved) };
            var answer = await acomm.RequestAsync<PackArgs, Digest>(to, "pack", Gzip, options, cancel);
            var reply = Expect.Success(answer, "the call");
            Expect.Same(file.Digest, reply.Result, "the worker's digest");

            await using var packed = Expect.Success(await reply.OpenStreamAsync(cancel), "opening the answer's stream");
            await using var plain = new GZipStream(packed, CompressionMode.Decompress);
            Expect.Same(file.Digest, await Digest.CopyAsync(plain, Stream.Null, cancel, moved), "the digest of what came back");

            var stream = reply.Stream.Map(s => s.Address.Shown).IfNone("none");
            Expect.That(stream.StartsWith($"{scheme}://", StringComparison.Ordinal), $"the answer's stream is at {stream}, which is not {scheme}");
            return $"the worker's digest is right, and so is what was unpacked from {stream}";
        });

    /// <summary>A task that fails: the worker's text comes back as an error.</summary>
    public async Task<string> FailAsync()
    {
        var answer = await acomm.CallAsync<PackArgs, Digest>(worker.UnixAddress, "pack", new PackArgs("rar"), cancel);
        var error = Expect.Error<AcommError.TaskFailed>(answer.Case, "a method that nobody knows");
        return $"the worker answered, as it should: {error.Text}";
    }

    /// <summary>A task that takes longer than its caller waits.</summary>
    public async Task<string> TimeOutAsync()
    {
        var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(250) };
        var answer = await acomm.RequestAsync<NapArgs, NapArgs>(worker.UnixAddress, "nap", new NapArgs(Ms: 1_000), options, cancel);
        return Expect.Error<AcommError.TimedOut>(answer.Case, "a nap of 1 s").Message;
    }

    /// <summary>Both processes are told to stop while a call is open: it is answered first.</summary>
    public async Task<string> DrainAsync(Func<CancellationToken, Task> stopCaller)
    {
        var begun = new TaskCompletionSource();
        var slowly = StreamSource.From(async (to, stop) =>
        {
            begun.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
            await to.WriteAsync("slow"u8.ToArray(), stop);
        });
        var call = acomm.RequestAsync<PackArgs, Digest>(worker.UnixAddress, "pack", Gzip, new CallOptions { Stream = slowly }, cancel);
        await Task.WhenAny(begun.Task, call);

        var told = screen.Elapsed;
        var workerEnds = worker.StopAsync();
        var callerEnds = stopCaller(cancel);
        var reply = Expect.Success(await call, "the call that was open");
        var answered = screen.Elapsed - told;
        Expect.Same(4, reply.Result.Bytes, "the length of the slow stream");
        Expect.Same(0, await workerEnds, "the worker's exit code");
        await callerEnds;
        return $"told to stop while a call was open: it was answered after {answered.TotalSeconds:0.00} s, "
            + $"and the stop was through after {(screen.Elapsed - told).TotalSeconds:0.00} s; the worker's exit code is 0";
    }
}
