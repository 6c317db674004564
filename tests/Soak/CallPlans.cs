using System.Globalization;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Soak;

/// <summary>Draws calls.</summary>
internal sealed class CallPlans(Random random, IReadOnlyList<WorkerProcess> workers, Ledger ledger)
{
    private const int BytesLimit = 256 << 10;
    private const int TextLimit = 4 << 10;
    private const int NapLimitMs = 2_000;

    public CallPlan Echo()
    {
        var args = Text();
        return Plan("echo", args, answer => Same(args, answer.Result));
    }

    public CallPlan Fail() => Plan("fail", RawJson.Null, answer => Task.FromResult<string?>("was answered")) with { MayFail = true };

    public CallPlan Nap()
    {
        var args = Json($$"""{"ms":{{random.Next(NapLimitMs)}}}""");
        return Plan("nap", args, answer => Same(args, answer.Result)) with { MayFail = true };
    }

    /// <summary>Sends a stream. That a worker could not read it to its end is told as an error of the task.</summary>
    public CallPlan Digest()
    {
        var bytes = Tasks.Bytes(Blobs());
        return Plan("digest", RawJson.Null, answer => Same(DigestOf(bytes), answer.Result)) with
        {
            MayFail = true,
            Options = new CallOptions { Stream = StreamSource.From(ledger.NewSource(bytes)) },
        };
    }

    /// <summary>Is answered with a stream.</summary>
    public CallPlan Blob()
    {
        var blob = Blobs();
        var args = Json(string.Create(CultureInfo.InvariantCulture, $$"""{"seed":{{blob.Seed}},"bytes":{{blob.Bytes}}}"""));
        return Plan("blob", args, answer => ReadAsync(answer, Tasks.Bytes(blob)));
    }

    public CallPlan Cancelled() => Nap() with { Kind = "given up", IsCancelled = true };

    /// <summary>Goes to one worker by way of another, which tells of the one that it cannot reach as an error of the task.</summary>
    public CallPlan Relayed()
    {
        var args = Text();
        return Plan("echo", args, answer => Same(args, answer.Result), overHttp: false) with
        {
            Kind = "relayed",
            MayFail = true,
            Options = new CallOptions { TaskUrl = Address(Worker().Unix) },
        };
    }

    private CallPlan Plan(string task, RawJson args, Func<Reply<RawJson>, Task<string?>> wrongAsync, bool? overHttp = null)
    {
        var http = overHttp ?? random.Next(3) == 0;
        var worker = Worker();
        return new CallPlan(http ? $"{task}, http" : task, Address(http ? worker.Http : worker.Unix), TaskName.Parse(task).IfLeft(default(TaskName)), args)
        {
            WrongAsync = wrongAsync,
        };
    }

    private async Task<string?> ReadAsync(Reply<RawJson> answer, byte[] bytes)
    {
        if (await Same(DigestOf(bytes), answer.Result) is { } wrong)
            return wrong;
        if (answer.Stream.Case is not RemoteStream stream)
            return "has no stream";
        using var read = new MemoryStream();
        var copied = await stream.CopyToAsync(read);
        ledger.EndStream(copied.Match(Right: _ => Ledger.Whole, Left: error => error.Name));
        return copied.IsRight && !read.ToArray().AsSpan().SequenceEqual(bytes) ? $"a whole stream of {read.Length} bytes is not the {bytes.Length} that were sent" : null;
    }

    private static Task<string?> Same(RawJson wanted, RawJson got) =>
        Task.FromResult(wanted == got ? null : $"was answered {Shown.Text(got.ToString())} in place of {Shown.Text(wanted.ToString())}");

    private static RawJson DigestOf(byte[] bytes) => Json($$"""{"sha256":"{{Soak.Digest.Of(bytes).Sha256}}"}""");

    private static RawJson Json(string text) => RawJson.Parse(text).IfLeft(RawJson.Null);

    private static Address Address(string text) => Domain.Address.Parse(text).IfLeft(error => throw new InvalidOperationException(error.ToString()));

    private RawJson Text() => Json($"\"{new string((char)random.Next('a', 'z' + 1), random.Next(TextLimit))}\"");

    private BlobArgs Blobs() => new(random.Next(), random.Next(BytesLimit));

    private WorkerProcess Worker() => workers[random.Next(workers.Count)];
}
