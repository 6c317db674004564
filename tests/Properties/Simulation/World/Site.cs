using System.Globalization;
using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>A machine.</summary>
internal sealed record Host(int Number)
{
    public IpAddress Ip { get; } = Known.Ip($"10.0.0.{Number + 1}");
}

/// <summary>A place for a node: its addresses, and the process that runs there now, if one does.</summary>
internal sealed class Site(Host host, int number)
{
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"n{number}");

    public Host Host { get; } = host;

    public string Path { get; } = string.Create(CultureInfo.InvariantCulture, $"/h{host.Number}/n{number}.sock");

    public Address OwnHook { get; } = Known.Address($"unix:///h{host.Number}/n{number}.sock");

    public Address PublicUrl { get; } = Known.Address($"http://{host.Ip}:{8000 + number}");

    public Node? Node { get; set; }

    /// <summary>Whether somebody answers there.</summary>
    public bool Listens => Node?.Tracker.State.Phase is TrackerPhase.Running or TrackerPhase.Draining;
}

/// <summary>Values that are known to be right.</summary>
internal static class Known
{
    public static T Of<T>(LanguageExt.Either<AcommError, T> value) =>
        value.Match(Right: v => v, Left: error => throw new InvalidOperationException(error.ToString()));

    public static Address Address(FormattableString text) => Of(Domain.Address.Parse(FormattableString.Invariant(text)));

    public static IpAddress Ip(FormattableString text) =>
        IpAddress.Parse(FormattableString.Invariant(text)).IfNone(() => throw new InvalidOperationException("no address"));

    public static RequestId Id(FormattableString text) => Of(RequestId.Parse(FormattableString.Invariant(text)));

    public static TaskName Task(string text) => Of(TaskName.Parse(text));

    public static RawJson Json(string text) => Of(RawJson.Parse(text));

    public static Token Token(ReadOnlySpan<byte> secret) => Of(Domain.Token.Of(secret));
}
