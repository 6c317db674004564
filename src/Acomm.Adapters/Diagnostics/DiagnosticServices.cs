using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Acomm.Adapters;

/// <summary>What a node's log, figures and traces are made of.</summary>
internal static class DiagnosticServices
{
    public static void AddDiagnostics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<NodeMeter>();
        services.AddSingleton<NodeLog>();
        services.TryAddSingleton<INodeEvents, LogAndMeter>();

        // Before those of the application, and so around them.
        services.AddSingleton<AcommInterceptor, TracingInterceptor>();
        services.AddSingleton<AcommInterceptor, MetricsInterceptor>();
    }

    private sealed class LogAndMeter(NodeLog log, NodeMeter meter) : INodeEvents
    {
        public void Record(NodeEvent happened)
        {
            meter.Record(happened);
            log.Record(happened);
        }
    }
}
