using System.Diagnostics;
using System.Net.Sockets;

namespace Acomm.Properties.Layering;

/// <summary>Breaks the rules, in the bodies of its methods only; it shows that the check sees them. Nothing calls it.</summary>
internal static class Offender
{
    public static object Network() => new TcpClient();

    public static object Files() => File.Exists("x") || Path.IsPathRooted("x") || Directory.Exists("x");

    public static object Threads() => new Thread(() => { });

    public static object Timers() => new Timer(_ => { });

    public static object Tasks() => Task.FromResult(1);

    public static object Clock() => (DateTime.UtcNow, DateTimeOffset.Now, Stopwatch.GetTimestamp(), Environment.TickCount64);

    public static object Chance() => (Guid.NewGuid(), new Random(), new Uri("http://x"));

    public static void Output() => Console.WriteLine();
}
