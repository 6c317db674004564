using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets nodes up in the application's services.</summary>
public static class AcommServices
{
    /// <summary>
    /// Adds a node: <see cref="IAcomm"/> to call others with, and a hosted service that listens, serves the tasks that are
    /// added, and drains when the application stops. Options are validated when it starts. Adding it again goes on with the
    /// same node.
    /// </summary>
    public static AcommBuilder AddAcomm(this IServiceCollection services, Action<AcommOptions> configure) =>
        services.AddAcomm(Options.Options.DefaultName, configure);

    /// <summary>Adds a node whose options are configured: keys as the members of <see cref="AcommOptions"/>, those of its limits in a section <c>Limits</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section of the node. A key that is not known, or a value that cannot be read, fails the start.</param>
    /// <param name="configure">What code has to say besides, after the configuration.</param>
    public static AcommBuilder AddAcomm(this IServiceCollection services, IConfiguration configuration, Action<AcommOptions>? configure = null) =>
        services.AddAcomm(Options.Options.DefaultName, configuration, configure);

    /// <summary>
    /// Adds a node besides others, with a socket, options, tasks and interceptors of its own. Its name is the key of its services
    /// (<see cref="IAcomm"/>, <see cref="AcommNode"/>, <see cref="PayloadCodec"/>, <see cref="Workers"/>) and the name of its
    /// options. Adding it again goes on with the same node.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">Its name, of which upper and lower case count; empty for the unnamed node.</param>
    /// <param name="configure">Sets its options.</param>
    public static AcommBuilder AddAcomm(this IServiceCollection services, string name, Action<AcommOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        services.AddOptions<AcommOptions>(name).Configure(configure).ValidateOnStart();
        var node = new NodeName(name);
        if (!services.Any(service => !service.IsKeyedService && node.Equals(service.ImplementationInstance)))
        {
            AddShared(services);
            AddNode(services, node);
        }

        return new AcommBuilder(services, name);
    }

    /// <summary>Adds a node besides others, whose options are configured.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">Its name, of which upper and lower case count; empty for the unnamed node.</param>
    /// <param name="configuration">The section of the node. A key that is not known, or a value that cannot be read, fails the start.</param>
    /// <param name="configure">What code has to say besides, after the configuration.</param>
    public static AcommBuilder AddAcomm(this IServiceCollection services, string name, IConfiguration configuration, Action<AcommOptions>? configure = null) =>
        services.AddAcomm(name, options =>
        {
            new AcommConfiguration(configuration, new NodeName(name)).Apply(options);
            configure?.Invoke(options);
        });

    private static void AddShared(IServiceCollection services)
    {
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISecrets, Secrets>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AcommOptions>, AcommOptionsValidator>());
    }

    private static void AddNode(IServiceCollection services, NodeName name)
    {
        services.AddSingleton(name);
        services.AddKeyedSingleton(name.Value, (provider, _) => new NodeParts(provider, name.Value));
        Add(provider => AcommNodes.PartsOf(provider, name.Value).Payloads);
        Add(provider => AcommNodes.PartsOf(provider, name.Value).Make(() => NewNode(provider, name.Value)));
        Add<IAcomm>(provider => AcommNodes.Get(provider, name.Value));
        Add(provider => new Workers(AcommNodes.Get(provider, name.Value), new WorkerDirectory()));
        services.AddSingleton<IHostedService>(provider =>
        {
            AcommNodes.Validate(provider);
            return new AcommHostedService(AcommNodes.Get(provider, name.Value), AcommNodes.PartsOf(provider, name.Value));
        });

        // What the unnamed node has is found without a key too.
        void Add<T>(Func<IServiceProvider, T> make)
            where T : class
        {
            services.AddKeyedSingleton(name.Value, (provider, _) => make(provider));
            if (name.IsUnnamed)
                services.AddSingleton(provider => provider.GetRequiredKeyedService<T>(name.Value));
        }
    }

    private static AcommNode NewNode(IServiceProvider provider, string name)
    {
        var parts = AcommNodes.PartsOf(provider, name);
        var node =
            from hook in Address.Unix(parts.Options.SocketPath)
            from tasks in TaskTable.Create(provider.GetKeyedServices<ServedTask>(name))
            select new AcommNode(
                new NodeSettings(hook, parts.Limits, parts.Options.Outside), parts.Can, tasks, parts.Payloads,
                [new TracingInterceptor(), new MetricsInterceptor(parts.Meter, parts.Time), .. provider.GetKeyedServices<AcommInterceptor>(name)]);
        var made = node.IfLeft(error => throw new AcommStartException(error, name));
        parts.Meter.Observe(made);
        return made;
    }
}
