using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets a node up in the application's services.</summary>
public static class AcommServices
{
    /// <summary>
    /// Adds a node: <see cref="IAcomm"/> to call others with, and a hosted service that listens, serves the tasks that are
    /// added, and drains when the application stops. Options are validated when it starts.
    /// </summary>
    public static AcommBuilder AddAcomm(this IServiceCollection services, Action<AcommOptions> configure)
    {
        services.AddOptions<AcommOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AcommOptions>, AcommOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AcommOptions>>().Value);
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        AddCapabilities(services);
        services.AddSingleton(provider => new PayloadCodec(provider.GetRequiredService<AcommOptions>().Json));
        services.AddSingleton(NewNode);
        services.AddSingleton<IAcomm>(provider => provider.GetRequiredService<AcommNode>());
        services.AddHostedService<AcommHostedService>();
        return new AcommBuilder(services);
    }

    /// <summary>Adds a node whose options are configured: keys as the members of <see cref="AcommOptions"/>, those of its limits in a section <c>Limits</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section of the node. A key that is not known, or a value that cannot be read, fails the start.</param>
    /// <param name="configure">What code has to say besides, after the configuration.</param>
    public static AcommBuilder AddAcomm(this IServiceCollection services, IConfiguration configuration, Action<AcommOptions>? configure = null) =>
        services.AddAcomm(options =>
        {
            new AcommConfiguration(configuration).Apply(options);
            configure?.Invoke(options);
        });

    private static void AddCapabilities(IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<AcommOptions>().Limits);
        services.AddSingleton<OutboundHttp>();
        services.AddSingleton<KeptConnections>();
        services.AddSingleton<UnixSender>();
        services.AddSingleton<HttpSender>();
        services.AddSingleton<IDocumentSender, DocumentSender>();
        services.AddSingleton<StreamOpener>();
        services.AddSingleton(provider => new StreamServer(
            new StreamSockets(
                provider.GetRequiredService<AcommOptions>().StreamDirectoryOrDefault,
                provider.GetRequiredService<AcommOptions>().SocketPath,
                provider.GetRequiredService<AcommOptions>().Access),
            provider.GetRequiredService<Limits>(),
            provider.GetRequiredService<INodeEvents>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PublishedStreams>();
        services.AddSingleton<StreamEndpoint>();
        services.AddSingleton<DocumentBody>();
        services.AddSingleton<IStreams, StreamHub>();
        services.AddSingleton<ServerPublicUrl>();
        services.AddSingleton<IPublicUrl>(provider => provider.GetRequiredService<ServerPublicUrl>());
        services.AddSingleton<IWorkerDirectory, WorkerDirectory>();
        services.AddSingleton<Workers>();
        services.TryAddSingleton<ISecrets, Secrets>();
        services.AddSingleton<Listening>();
        services.AddDiagnostics();
    }

    private static AcommNode NewNode(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<AcommOptions>();
        var can = new NodeCapabilities(
            provider.GetRequiredService<IDocumentSender>(),
            provider.GetRequiredService<IStreams>(),
            provider.GetRequiredService<ISecrets>(),
            provider.GetRequiredService<IPublicUrl>(),
            provider.GetRequiredService<INodeEvents>(),
            provider.GetRequiredService<TimeProvider>());
        var node =
            from hook in Address.Unix(options.SocketPath)
            from tasks in TaskTable.Create(provider.GetServices<ServedTask>())
            select new AcommNode(
                new NodeSettings(hook, options.Limits, options.Outside), can, tasks, provider.GetRequiredService<PayloadCodec>(),
                [.. provider.GetServices<AcommInterceptor>()]);
        var made = node.IfLeft(error => throw new AcommStartException(error));
        provider.GetRequiredService<NodeMeter>().Observe(made);
        return made;
    }
}
