using Acomm.Domain;
using LanguageExt;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Acomm.Adapters;

/// <summary>
/// Options from configuration, key by key and without reflection. What cannot be read and keys that there are not are
/// told all at once, with their key and value. <see cref="AcommOptions.Json"/> is for code only.
/// </summary>
/// <param name="configuration">The section of the node.</param>
/// <param name="name">The node.</param>
internal sealed class AcommConfiguration(IConfiguration configuration, NodeName name)
{
    private readonly List<string> problems = [];

    /// <summary>Sets what is configured, and leaves the rest; <see cref="OptionsValidationException"/> with everything that is wrong.</summary>
    public void Apply(AcommOptions options)
    {
        if (configuration is IConfigurationSection section && string.IsNullOrEmpty(section.Value) && !section.GetChildren().Any())
            options.EmptySection = section.Path;
        var all = ConfigurationKeys.Of(configuration, problems);
        options.SocketPath = all.Text(nameof(AcommOptions.SocketPath)) ?? options.SocketPath;
        options.StreamDirectory = all.Text(nameof(AcommOptions.StreamDirectory)) ?? options.StreamDirectory;
        options.PublicUrl = all.Text(nameof(AcommOptions.PublicUrl)) ?? options.PublicUrl;
        options.DrainLimit = all.Time(nameof(AcommOptions.DrainLimit), options.DrainLimit);
        options.Limits = With(options.Limits, all.Within(nameof(AcommOptions.Limits)));
        options.Access = With(options.Access, all.Within(nameof(AcommOptions.Access)));
        options.Outside = With(options.Outside, all.Within(nameof(AcommOptions.Outside)));
        all.End();
        if (problems.Count > 0)
            throw new OptionsValidationException(name.Value, typeof(AcommOptions), problems.Select(problem => name.Before + problem));
    }

    private static Limits With(Limits limits, ConfigurationKeys keys)
    {
        var read = limits with
        {
            FrameBytes = keys.Whole(nameof(Limits.FrameBytes), limits.FrameBytes),
            IdChars = keys.Whole(nameof(Limits.IdChars), limits.IdChars),
            Depth = keys.Whole(nameof(Limits.Depth), limits.Depth),
            Outstanding = keys.Whole(nameof(Limits.Outstanding), limits.Outstanding),
            RememberedIds = keys.Whole(nameof(Limits.RememberedIds), limits.RememberedIds),
            ExpiriesPerStep = keys.Whole(nameof(Limits.ExpiriesPerStep), limits.ExpiriesPerStep),
            Connections = keys.Whole(nameof(Limits.Connections), limits.Connections),
            ConnectionsUnframed = keys.Whole(nameof(Limits.ConnectionsUnframed), limits.ConnectionsUnframed),
            ConnectionInFlight = keys.Whole(nameof(Limits.ConnectionInFlight), limits.ConnectionInFlight),
            ConnectionIdle = keys.Time(nameof(Limits.ConnectionIdle), limits.ConnectionIdle),
            Handlers = keys.Whole(nameof(Limits.Handlers), limits.Handlers),
            HandlersPerTask = keys.Whole(nameof(Limits.HandlersPerTask), limits.HandlersPerTask),
            HandlersWaitingPerTask = keys.Whole(nameof(Limits.HandlersWaitingPerTask), limits.HandlersWaitingPerTask),
            HandlersWaitingBytes = keys.Whole(nameof(Limits.HandlersWaitingBytes), limits.HandlersWaitingBytes),
            StreamsOffered = keys.Whole(nameof(Limits.StreamsOffered), limits.StreamsOffered),
            Streams = keys.Whole(nameof(Limits.Streams), limits.Streams),
            UnframedGrace = keys.Time(nameof(Limits.UnframedGrace), limits.UnframedGrace),
            FrameRead = keys.Time(nameof(Limits.FrameRead), limits.FrameRead),
            AckRead = keys.Time(nameof(Limits.AckRead), limits.AckRead),
            Write = keys.Time(nameof(Limits.Write), limits.Write),
            Connect = keys.Time(nameof(Limits.Connect), limits.Connect),
            HttpSend = keys.Time(nameof(Limits.HttpSend), limits.HttpSend),
            RequestTimeout = keys.Time(nameof(Limits.RequestTimeout), limits.RequestTimeout),
            LongestProxied = keys.Time(nameof(Limits.LongestProxied), limits.LongestProxied),
            StreamUnopened = keys.Time(nameof(Limits.StreamUnopened), limits.StreamUnopened),
            StreamIdle = keys.Time(nameof(Limits.StreamIdle), limits.StreamIdle),
        };
        keys.End();
        return read;
    }

    private static SocketAccess With(SocketAccess access, ConfigurationKeys keys)
    {
        var users = keys.Many<uint>(nameof(SocketAccess.AllowedUsers), "no number of a user");
        var group = keys.One<uint>(nameof(SocketAccess.Group), "no number of a group");
        var read = access with
        {
            Group = group.IsSome ? group : access.Group,
            AllowedUsers = users.IsSome ? users : access.AllowedUsers,
            PrivateDirectory = keys.Flag(nameof(SocketAccess.PrivateDirectory), access.PrivateDirectory),
        };
        keys.End();
        return read;
    }

    private static OutsidePolicy With(OutsidePolicy outside, ConfigurationKeys keys)
    {
        var read = outside with
        {
            AllowedNetworks = keys.Many(nameof(OutsidePolicy.AllowedNetworks), IpNetwork.Parse).IfNone(outside.AllowedNetworks),
            AllowedHosts = keys.Many(nameof(OutsidePolicy.AllowedHosts), Prelude.Right<AcommError, string>).IfNone(outside.AllowedHosts),
        };
        keys.End();
        return read;
    }
}
