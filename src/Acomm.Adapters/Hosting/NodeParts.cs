using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Acomm.Adapters;

/// <summary>
/// What a node of an application is made of, besides its tasks and interceptors: its options, and all that touches the
/// world for it. No two nodes share any of it but the clock and what the application put in the place of a part.
/// </summary>
internal sealed class NodeParts : IAsyncDisposable, IDisposable
{
    private readonly AsyncLocal<bool> isBeingMade = new();
    private readonly OutboundHttp http;

    public NodeParts(IServiceProvider provider, string name)
    {
        Name = new NodeName(name);
        Options = provider.GetRequiredService<IOptionsMonitor<AcommOptions>>().Get(name);
        Time = provider.GetRequiredService<TimeProvider>();
        Payloads = new PayloadCodec(Options.Json);
        Kept = new KeptConnections(Limits, Time);
        Meter = new NodeMeter(provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), Listening, Kept);
        Events = provider.GetKeyedService<INodeEvents>(name) ?? provider.GetService<INodeEvents>() ?? new LogAndMeter(
            new NodeLog(LoggerOf(provider.GetRequiredService<ILoggerFactory>(), Name), Time), Meter);
        var secrets = provider.GetRequiredService<ISecrets>();
        http = new OutboundHttp(Limits, Time);
        PublicUrl = new ServerPublicUrl(Options, provider);
        StreamServer = new StreamServer(new StreamSockets(Options.StreamDirectoryOrDefault, Options.SocketPath, Options.Access), Limits, Events, Time);
        var opener = new StreamOpener(http, Limits, Time);
        var published = new PublishedStreams(PublicUrl, secrets, Limits, Time);
        StreamEndpoint = new StreamEndpoint(published, opener, Limits, Time, Events);
        DocumentBody = new DocumentBody(Limits, Events, Time);
        Can = new NodeCapabilities(
            new DocumentSender(new UnixSender(Kept, Limits, Time), new HttpSender(http, Limits, Time)),
            new StreamHub(opener, StreamServer, published),
            secrets,
            PublicUrl,
            Events,
            Time);
    }

    public NodeName Name { get; }

    /// <summary>As they were validated when the parts were made.</summary>
    public AcommOptions Options { get; }

    public Limits Limits => Options.Limits;

    public TimeProvider Time { get; }

    public PayloadCodec Payloads { get; }

    public Listening Listening { get; } = new();

    public KeptConnections Kept { get; }

    public NodeMeter Meter { get; }

    public INodeEvents Events { get; }

    public ServerPublicUrl PublicUrl { get; }

    public StreamServer StreamServer { get; }

    public StreamEndpoint StreamEndpoint { get; }

    public DocumentBody DocumentBody { get; }

    public NodeCapabilities Can { get; }

    /// <summary>Makes the node of the parts. An interceptor that needs it would wait for ever, in silence: it is told instead.</summary>
    public AcommNode Make(Func<AcommNode> make)
    {
        if (isBeingMade.Value)
        {
            throw new InvalidOperationException(
                $"{Name.Before}an interceptor of the node needs the node itself, which is not made before it: let it take IServiceProvider, and ask for the node when it is called");
        }

        isBeingMade.Value = true;
        try
        {
            return make();
        }
        finally
        {
            isBeingMade.Value = false;
        }
    }

    /// <summary>For containers that are not disposed asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await StreamServer.DisposeAsync().ConfigureAwait(false);
        http.Dispose();
    }

    // A filter for the category of all nodes is one for that of each.
    private static ILogger LoggerOf(ILoggerFactory loggers, NodeName name) =>
        loggers.CreateLogger(name.IsUnnamed ? NodeLog.Category : $"{NodeLog.Category}.{name.Value}");

    private sealed class LogAndMeter(NodeLog log, NodeMeter meter) : INodeEvents
    {
        public void Record(NodeEvent happened)
        {
            meter.Record(happened);
            log.Record(happened);
        }
    }
}
