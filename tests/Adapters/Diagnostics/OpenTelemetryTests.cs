using System.Diagnostics;
using Acomm.Adapters;
using Acomm.Effects;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Acomm.AdapterTests.Diagnostics;

/// <summary>Figures and traces come out of OpenTelemetry's exporters by the two names alone.</summary>
[Collection(ListeningTests.Name)]
public sealed class OpenTelemetryTests
{
    [Fact]
    public async Task The_two_names_are_all_that_is_needed()
    {
        var (metrics, spans) = (new List<MetricSnapshot>(), new List<Activity>());
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource(AcommDiagnostics.ActivitySourceName).AddInMemoryExporter(spans).Build();
        using var metering = Sdk.CreateMeterProviderBuilder().AddMeter(AcommDiagnostics.MeterName).AddInMemoryExporter(metrics).Build();
        await using var node = await TestNode.StartAsync(TestTasks.Add);

        await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(1, 2)).Ok();
        await node.StopAsync().Within();
        Assert.True(metering.ForceFlush());
        Assert.True(tracing.ForceFlush());

        Assert.Equal([ActivityKind.Server, ActivityKind.Client], spans.Select(span => span.Kind).Order());
        Assert.Single(spans.Select(span => span.TraceId).Distinct());
        foreach (var name in new[] { "rpc.client.call.duration", "rpc.server.call.duration" })
        {
            var points = Assert.Single(metrics, metric => metric.Name == name).MetricPoints;
            Assert.Equal(1, Assert.Single(points).GetHistogramCount());
        }
    }
}
