using Acomm.Adapters;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds nodes to the application's health checks.</summary>
public static class AcommHealthChecks
{
    /// <summary>
    /// Adds a check of a node, of the name <c>acomm</c>, or <c>acomm:billing</c> for the node <c>billing</c>. It is healthy while
    /// the node takes requests; degraded while it drains, requests wait for handlers, or it has almost as many open as it may;
    /// and failed if it does not listen, or its socket file is gone.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The name of the node; the unnamed one if it is not set.</param>
    /// <param name="failureStatus">What is reported of a node that nobody reaches; <see cref="HealthStatus.Unhealthy"/> if it is not set.</param>
    /// <param name="tags">To choose checks by.</param>
    /// <param name="timeout">How long the check may take.</param>
    public static IHealthChecksBuilder AddAcomm(
        this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? timeout = null) =>
        builder.Add(new HealthCheckRegistration(
            string.IsNullOrEmpty(name) ? "acomm" : $"acomm:{name}",
            provider => new AcommHealthCheck(provider, name ?? Options.Options.DefaultName),
            failureStatus,
            tags,
            timeout));
}
