using Microsoft.Extensions.Time.Testing;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>A clock at which a thread may be held up, before it has read it and after.</summary>
internal sealed class PausingTime(FakeTimeProvider time, Action pause) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp()
    {
        pause();
        var now = time.GetTimestamp();
        pause();
        return now;
    }

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
