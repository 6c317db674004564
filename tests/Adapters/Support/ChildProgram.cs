using System.Diagnostics;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Acomm.AdapterTests.Support;

/// <summary>What a <see cref="ChildProcess"/> runs: something that a test wants to kill or to hold.</summary>
internal static class ChildProgram
{
    public static Task Main(string[] arguments) => arguments switch
    {
        ["write", var socket, var bytes] => WriteAsync(socket, int.Parse(bytes, null)),
        ["call", var own, var peer, var calls, .. var timeouts] => CallAsync(own, peer, int.Parse(calls, null), timeouts),
        _ => throw new ArgumentException(string.Join(' ', arguments)),
    };

    /// <summary>Sends the first bytes of a request, says so, and keeps the connection.</summary>
    private static async Task WriteAsync(string socket, int bytes)
    {
        using var connection = await GoWire.DialAsync(socket);
        var frame = GoWire.Framed(GoWire.CeranaRequest("torn", "wait", null));
        await connection.SendAsync(frame.AsMemory(0, bytes), SocketFlags.None);
        Console.WriteLine("written");
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Makes so many calls with each timeout, and says of each when it ended and how. A line on its input gives up those that are left.</summary>
    private static async Task CallAsync(string own, string peer, int calls, string[] timeouts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddAcomm(options => options.SocketPath = own);
        using var host = builder.Build();
        await host.StartAsync();
        var acomm = host.Services.GetRequiredService<IAcomm>();
        var start = Stopwatch.GetTimestamp();
        var pending = timeouts
            .SelectMany(timeout => Enumerable.Repeat(int.Parse(timeout, null), calls))
            .Select(millis => (Millis: millis, Call: acomm.Begin(
                Address.Parse(peer).Ok(), TaskName.Parse("t").Ok(), RawJson.Null, new CallOptions { Timeout = TimeSpan.FromMilliseconds(millis) })))
            .ToArray();
        var told = pending.Select(async one =>
        {
            var error = (await one.Call.Answer).Match(Right: _ => "answered", Left: e => e.Name);
            Console.WriteLine($"{one.Millis} {error} {(long)Stopwatch.GetElapsedTime(start).TotalMilliseconds}");
        }).ToArray();
        await Console.In.ReadLineAsync();
        foreach (var (_, call) in pending)
            call.Remove();
        await Task.WhenAll(told);
        Console.WriteLine($"open {acomm.Outstanding}");
        await host.StopAsync();
    }
}
