using System.Text;
using Acomm.Domain;
using LanguageExt;
using Microsoft.Extensions.Options;

namespace Acomm.Adapters;

/// <summary>Names everything that is wrong with the options at once: node, key, limit and value.</summary>
internal sealed class AcommOptionsValidator : IValidateOptions<AcommOptions>
{
    public ValidateOptionsResult Validate(string? name, AcommOptions options)
    {
        var before = new NodeName(name ?? Options.DefaultName).Before;
        var problems = SocketProblems(options).Concat(AccessProblems(options)).Concat(UrlProblems(options)).Concat(LimitProblems(options.Limits))
            .Concat(Time(nameof(AcommOptions.DrainLimit), options.DrainLimit, least: TimeSpan.Zero))
            .Select(problem => before + problem).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> SocketProblems(AcommOptions options)
    {
        if (string.IsNullOrEmpty(options.SocketPath))
            yield return $"{nameof(AcommOptions.SocketPath)}: is not set, and is needed{WhereNothingIs(options)}";
        else if (Address.Unix(options.SocketPath).Case is AcommError error)
            yield return $"{nameof(AcommOptions.SocketPath)}: {error}";
        var streams = options.StreamDirectoryOrDefault;
        var limit = Address.UnixPathLimitBytes - StreamSockets.NameBytes;
        if (Encoding.UTF8.GetByteCount(streams) is var bytes && bytes > limit && options.StreamDirectory is not null)
            yield return $"{nameof(AcommOptions.StreamDirectory)}: {new AcommError.PathTooLong(streams, limit, bytes)}";
        if (!streams.StartsWith('/') && options.StreamDirectory is not null)
            yield return $"{nameof(AcommOptions.StreamDirectory)}: '{Shown.Text(streams)}' is no absolute path";
    }

    private static string WhereNothingIs(AcommOptions options) =>
        options.EmptySection is { } path ? $"; the configuration section '{Shown.Text(path)}' does not exist or is empty" : "";

    private static IEnumerable<string> AccessProblems(AcommOptions options)
    {
        if (options.Access.AllowedUsers.Exists(users => users.IsEmpty))
            yield return $"{nameof(AcommOptions.Access)}:{nameof(SocketAccess.AllowedUsers)}: is set and names nobody";

        // The system takes it for "leave the group as it is".
        if (options.Access.Group == uint.MaxValue)
            yield return $"{nameof(AcommOptions.Access)}:{nameof(SocketAccess.Group)}: {uint.MaxValue} is not between 0 and {uint.MaxValue - 1}";
    }

    private static IEnumerable<string> UrlProblems(AcommOptions options)
    {
        if (options.PublicUrl is { } url && Address.Parse(url).Bind(address => address.HttpTarget).Case is AcommError error)
            yield return $"{nameof(AcommOptions.PublicUrl)}: {error}";
    }

    private static IEnumerable<string> LimitProblems(Limits limits) =>
        Seq.create(
            Range(nameof(Limits.FrameBytes), limits.FrameBytes, 1, Limits.FrameBytesCeiling),
            Range(nameof(Limits.IdChars), limits.IdChars, 1, 64 << 10),
            Range(nameof(Limits.Depth), limits.Depth, 3, 1_000),
            Range(nameof(Limits.Outstanding), limits.Outstanding, 1, int.MaxValue),
            Range(nameof(Limits.RememberedIds), limits.RememberedIds, 1, int.MaxValue),
            Range(nameof(Limits.ExpiriesPerStep), limits.ExpiriesPerStep, 1, int.MaxValue),
            Range(nameof(Limits.Connections), limits.Connections, 1, 1 << 20),
            Range(nameof(Limits.ConnectionsUnframed), limits.ConnectionsUnframed, 1, limits.Connections),
            Range(nameof(Limits.ConnectionInFlight), limits.ConnectionInFlight, 0, 1 << 20),
            Time(nameof(Limits.ConnectionIdle), limits.ConnectionIdle),
            Range(nameof(Limits.Handlers), limits.Handlers, 1, int.MaxValue),
            Range(nameof(Limits.HandlersPerTask), limits.HandlersPerTask, 1, int.MaxValue),
            Range(nameof(Limits.HandlersWaitingPerTask), limits.HandlersWaitingPerTask, 0, int.MaxValue),
            Range(nameof(Limits.HandlersWaitingBytes), limits.HandlersWaitingBytes, 0, long.MaxValue),
            Range(nameof(Limits.StreamsOffered), limits.StreamsOffered, 1, 1 << 20),
            Range(nameof(Limits.Streams), limits.Streams, limits.StreamsOffered, 1 << 20),
            Time(nameof(Limits.UnframedGrace), limits.UnframedGrace, least: TimeSpan.Zero),
            Time(nameof(Limits.FrameRead), limits.FrameRead),
            Time(nameof(Limits.AckRead), limits.AckRead),
            Time(nameof(Limits.Write), limits.Write),
            Time(nameof(Limits.Connect), limits.Connect),
            Time(nameof(Limits.HttpSend), limits.HttpSend),
            Time(nameof(Limits.RequestTimeout), limits.RequestTimeout),
            Time(nameof(Limits.LongestProxied), limits.LongestProxied),
            Time(nameof(Limits.StreamUnopened), limits.StreamUnopened),
            Time(nameof(Limits.StreamIdle), limits.StreamIdle)).Somes().Map(problem => $"{nameof(AcommOptions.Limits)}:{problem}");

    private static Option<string> Range(string key, long value, long least, long most) =>
        value < least || value > most ? $"{key}: {value} is not between {least} and {most}" : Option<string>.None;

    private static Option<string> Time(string key, TimeSpan value, TimeSpan? least = null) =>
        value < (least ?? TimeSpan.FromTicks(1)) || value > Limits.RequestTimeoutCeiling
            ? $"{key}: {value} is not between {least ?? TimeSpan.FromTicks(1)} and {Limits.RequestTimeoutCeiling}"
            : Option<string>.None;
}
