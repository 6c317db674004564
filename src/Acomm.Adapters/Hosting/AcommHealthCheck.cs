using Acomm.Domain;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Acomm.Adapters;

/// <summary>How a node is, for the application's health checks: <see cref="NodeHealth"/> says it, with all figures as data.</summary>
internal sealed class AcommHealthCheck(IServiceProvider provider, string name) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (node, parts) = (AcommNodes.Get(provider, name), AcommNodes.PartsOf(provider, name));
        var listener = parts.Listening.Listener;
        var vitals = new NodeVitals
        {
            Phase = node.Phase,
            SocketPath = parts.Options.SocketPath,
            IsListening = listener is not null,
            HasSocketFile = listener?.HasFile ?? false,
            Outstanding = node.Outstanding,
            Handlers = node.Handlers,
        };
        var health = NodeHealth.Of(vitals);
        var description = health.Level == HealthLevel.Healthy ? "it takes requests" : string.Join("; ", health.Problems);
        return Task.FromResult(new HealthCheckResult(StatusOf(health.Level, context), parts.Name.Before + description, data: DataOf(vitals, listener?.OpenConnections ?? 0)));
    }

    private static HealthStatus StatusOf(HealthLevel level, HealthCheckContext context) => level switch
    {
        HealthLevel.Healthy => HealthStatus.Healthy,
        HealthLevel.Degraded => HealthStatus.Degraded,
        _ => context.Registration.FailureStatus,
    };

    private static Dictionary<string, object> DataOf(NodeVitals vitals, int connections) => new()
    {
        ["phase"] = vitals.Phase.ToString().ToLowerInvariant(),
        ["socket"] = vitals.SocketPath,
        ["outstanding"] = vitals.Outstanding,
        ["outstandingLimit"] = vitals.Handlers.Limits.Outstanding,
        ["handlersRunning"] = vitals.Handlers.Running,
        ["handlersLimit"] = vitals.Handlers.Limits.Handlers,
        ["handlersWaiting"] = vitals.Handlers.Waiting,
        ["connections"] = connections,
        ["connectionsLimit"] = vitals.Handlers.Limits.Connections,
    };
}
