using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Acomm.Adapters;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Diagnostics;

/// <summary>Tests that listen to the spans of the whole process, and so of no other test at the same time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ListeningTests
{
    public const string Name = "listening";
}

/// <summary>Keeps all spans of the library.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ActivityListener listener;

    public Spans(ActivitySamplingResult sampled = ActivitySamplingResult.AllDataAndRecorded)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AcommDiagnostics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampled,
            ActivityStopped = Ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public ConcurrentQueue<Activity> Ended { get; } = new();

    /// <summary>The one span of a kind, when it has ended.</summary>
    public async Task<Activity> OneAsync(ActivityKind kind)
    {
        await Expect.Until(() => Ended.Any(span => span.Kind == kind));
        return Assert.Single(Ended, span => span.Kind == kind);
    }

    public void Dispose() => listener.Dispose();
}

/// <summary>One measurement, its tags as text.</summary>
internal sealed record Figure(string Name, string? Unit, double Value, IReadOnlyDictionary<string, string> Tags)
{
    public bool Has(string tag, string value) => Tags.GetValueOrDefault(tag) == value;
}

/// <summary>Keeps what a node measures.</summary>
internal sealed class Figures : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<Figure> all = new();

    public Figures(TestNode node)
    {
        var factory = node.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == AcommDiagnostics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                Instruments.Enqueue(instrument);
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        listener.Start();
    }

    public ConcurrentQueue<Instrument> Instruments { get; } = new();

    /// <summary>All measurements of an instrument so far.</summary>
    public IReadOnlyList<Figure> Of(string name) => [.. all.Where(figure => figure.Name == name)];

    /// <summary>What an instrument says now.</summary>
    public IReadOnlyList<Figure> Now(string name)
    {
        all.Clear();
        listener.RecordObservableInstruments();
        return Of(name);
    }

    public void Dispose() => listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => all.Enqueue(
        new Figure(instrument.Name, instrument.Unit, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => $"{tag.Value}")));
}
