using System.Text;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const string Worker = "unix:///tmp/acomm/worker.sock";

var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Services.AddAcomm(o => o.SocketPath = "/tmp/acomm/caller.sock");
using var host = builder.Build();
await host.StartAsync();
var acomm = host.Services.GetRequiredService<IAcomm>();

var text = StreamSource.From(new MemoryStream(Encoding.UTF8.GetBytes("one\ntwo\nthree\n")));
var lines = await acomm.RequestAsync<Nothing, Lines>(Worker, "lines", new Nothing(), new CallOptions { Stream = text });
Console.WriteLine(lines.Match(Right: reply => $"{reply.Result.Count} lines", Left: Told));

var counted = await acomm.CallAsync<CountArgs, Counted>(Worker, "count", new CountArgs(""));
Console.WriteLine(counted.Match(Right: result => $"{result.Words} words", Left: Told));

var slept = await acomm.RequestAsync<Nap, Nap>(Worker, "sleep", new Nap(60), new CallOptions { Timeout = TimeSpan.FromSeconds(1) });
Console.WriteLine(slept.Match(Right: _ => "slept well", Left: Told));

await host.StopAsync();

static string Told(AcommError error) => error switch
{
    AcommError.TaskFailed failed => $"the worker says: {failed.Text}",
    AcommError.TimedOut late => $"not within {late.Timeout.TotalSeconds} s",
    _ => error.ToString(),
};

record CountArgs(string Text);
record Counted(int Words);
record Nothing;
record Lines(int Count);
record Nap(int Seconds);
