using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.Bench.Micro;

/// <summary>
/// Streams over a unix socket and through the HTTP endpoint, beside a raw copy over a unix socket and a plain body of
/// Kestrel. All in this process, each from the same source into buffers of the same size, and in alternation.
/// </summary>
internal static class StreamsRun
{
    private const int BufferBytes = 64 << 10;
    private const int Rounds = 8;

    private static readonly TaskName Give = TaskName.Parse("give").IfLeft(default(TaskName));

    /// <summary>Measures; <c>--gib n</c> is how much each kind carries in all, 1 if it is not said.</summary>
    public static async Task RunAsync(string[] args)
    {
        var gib = args is ["--gib", var n] ? double.Parse(n, CultureInfo.InvariantCulture) : 1;
        var bytes = (long)(gib * (1L << 30)) / Rounds;
        var directory = Directory.CreateTempSubdirectory("acomm-bench-").FullName;
        await using var app = NewNode(Path.Combine(directory, "node.sock"), bytes);
        await using var caller = NewNode(Path.Combine(directory, "caller.sock"), bytes);
        await app.StartAsync();
        await caller.StartAsync();
        var acomm = caller.Services.GetRequiredService<IAcomm>();
        using var client = new HttpClient();
        var unix = Address.Unix(Path.Combine(directory, "node.sock")).IfLeft(Failed<Address>);
        var http = Address.Parse(app.Urls.First()).IfLeft(Failed<Address>);
        (string Name, Func<Task<long>> Carry)[] kinds =
        [
            ("raw copy over a unix socket", () => RawAsync(Path.Combine(directory, "raw.sock"), bytes)),
            ("Acomm over a unix socket", () => OursAsync(acomm, unix)),
            ("plain body of Kestrel", () => PlainAsync(client, app.Urls.First() + "/plain")),
            ("Acomm through its HTTP endpoint", () => OursAsync(acomm, http)),
        ];
        var figures = kinds.Select(_ => new Figures()).ToArray();
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < kinds.Length; i++)
            {
                var figure = await OneAsync(kinds[i].Carry, bytes);
                if (round >= 0)
                    figures[i] += figure;
            }
        }

        Console.WriteLine("| | GB/s | processor time per GB | allocated per MB | rate | time |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        for (var i = 0; i < kinds.Length; i++)
            Console.WriteLine(figures[i].Line(kinds[i].Name, figures[i - (i % 2)]));
        await caller.StopAsync();
        await app.StopAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static WebApplication NewNode(string socket, long bytes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddAcomm(o => o.SocketPath = socket)
            .AddTask<string, string>(Give.Value, (_, _, _) => Task.FromResult(Answer.WithStream("", StreamSource.From(new Zeros(bytes)))));
        var app = builder.Build();
        app.MapAcomm();
        app.MapGet("/plain", async (HttpContext context) =>
        {
            context.Response.ContentType = "application/octet-stream";
            await new Zeros(bytes).CopyToAsync(context.Response.Body, BufferBytes, context.RequestAborted);
        });
        return app;
    }

    private static async Task<Figures> OneAsync(Func<Task<long>> carry, long bytes)
    {
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        if (await carry() != bytes)
            throw new InvalidDataException("the stream was not whole");
        return new Figures(bytes, Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - processor, GC.GetTotalAllocatedBytes() - allocated);
    }

    private static async Task<long> RawAsync(string path, long bytes)
    {
        using var listener = NewSocket();
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        using var consumer = NewSocket();
        await consumer.ConnectAsync(new UnixDomainSocketEndPoint(path));
        var accepted = await listener.AcceptAsync();
        var sending = Task.Run(async () =>
        {
            await using var to = new NetworkStream(accepted, ownsSocket: true);
            await new Zeros(bytes).CopyToAsync(to, BufferBytes);
        });
        var read = await ReadAsync(new NetworkStream(consumer));
        await sending;
        File.Delete(path);
        return read;
    }

    private static async Task<long> OursAsync(IAcomm acomm, Address from)
    {
        var reply = (await acomm.RequestAsync<string, string>(from, Give, "", CallOptions.None)).IfLeft(Failed<Reply<string>>);
        await using var stream = (await reply.OpenStreamAsync()).IfLeft(Failed<Stream>);
        return await ReadAsync(stream);
    }

    private static async Task<long> PlainAsync(HttpClient client, string url)
    {
        await using var stream = await client.GetStreamAsync(new Uri(url));
        return await ReadAsync(stream);
    }

    private static async Task<long> ReadAsync(Stream stream)
    {
        var buffer = new byte[BufferBytes];
        var all = 0L;
        while (await stream.ReadAsync(buffer) is > 0 and var read)
            all += read;
        return all;
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static T Failed<T>(AcommError error) => throw new InvalidOperationException(error.ToString());

    private readonly record struct Figures(long Bytes, TimeSpan Time, TimeSpan Processor, long Allocated)
    {
        public static Figures operator +(Figures one, Figures other) =>
            new(one.Bytes + other.Bytes, one.Time + other.Time, one.Processor + other.Processor, one.Allocated + other.Allocated);

        public string Line(string name, Figures baseline) => string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {Bytes / Time.TotalSeconds / 1e9:0.00} | {Processor.TotalMilliseconds / (Bytes / 1e9):0} ms | {Allocated / (Bytes / 1e6):N0} B | {Bytes / Time.TotalSeconds / (baseline.Bytes / baseline.Time.TotalSeconds):0.00} | {baseline.Processor / Processor:0.00} |");
    }

    /// <summary>So many bytes that cost nothing to make.</summary>
    private sealed class Zeros(long bytes) : Stream
    {
        private long left = bytes;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Take(count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Take(buffer.Length));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Take(count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Take(int count)
        {
            var taken = (int)Math.Min(count, left);
            left -= taken;
            return taken;
        }
    }
}
