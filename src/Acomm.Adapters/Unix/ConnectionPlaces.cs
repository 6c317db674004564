using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Why a connection is not read any further.</summary>
internal enum PlaceEnd
{
    /// <summary>It may be read.</summary>
    None,

    /// <summary>Its frame was not whole in time.</summary>
    Late,

    /// <summary>Another one needed its place.</summary>
    Cut,

    /// <summary>The server stops.</summary>
    Stopped,
}

/// <summary>Gives connections their places, as <see cref="ConnectionTable"/> decides, and a time in which to send a frame.</summary>
internal sealed class ConnectionPlaces(Limits limits, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, Place> mayEnd = [];
    private readonly long start = time.GetTimestamp();
    private ConnectionTable table = ConnectionTable.Empty(limits);
    private TaskCompletionSource changed = NewSignal();
    private bool stopped;
    private long last;

    private Instant Now => new(time.GetElapsedTime(start).Ticks);

    /// <summary>Waits for a place; there is none any more when the server stops. Only one may wait at a time.</summary>
    public async ValueTask<Place?> EnterAsync()
    {
        while (true)
        {
            var (place, wait) = TryEnter();
            if (place is not null || stopped)
                return place;
            try
            {
                await changed.Task.WaitAsync(wait.IfNone(Timeout.InfiniteTimeSpan), time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // It is time to ask again.
            }
        }
    }

    /// <summary>Ends the reading of all that have sent no whole frame or are kept for more, and gives no more places.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopped = true;
            foreach (var place in mayEnd.Values)
                place.End(PlaceEnd.Stopped);
            changed.TrySetResult();
        }
    }

    private (Place? Place, Option<TimeSpan> Wait) TryEnter()
    {
        lock (gate)
        {
            if (stopped)
                return (null, default);
            switch (table.Admit(last + 1, Now))
            {
                case ConnectionAdmission.Admitted admitted:
                    table = admitted.Table;
                    admitted.Cut.Iter(number =>
                    {
                        if (mayEnd.Remove(number, out var cut))
                            cut.End(PlaceEnd.Cut);
                    });
                    var place = new Place(this, ++last, limits.FrameRead, time);
                    mayEnd.Add(last, place);
                    return (place, default);
                case ConnectionAdmission.Wait wait:
                    changed = NewSignal();

                    // Never less than a timer can tell, so that nothing is asked again and again in the meantime.
                    return (null, wait.Until.Map(until => until - Now + TimeSpan.FromMilliseconds(1)));
                default:
                    throw new InvalidOperationException("no such admission");
            }
        }
    }

    private void Framed(long number)
    {
        lock (gate)
        {
            mayEnd.Remove(number);
            Change(table.Framed(number));
        }
    }

    private void Kept(long number, Place place)
    {
        lock (gate)
        {
            Change(table.Kept(number));
            if (stopped)
                place.End(PlaceEnd.Stopped);
            else
                mayEnd[number] = place;
        }
    }

    private void Closed(long number)
    {
        lock (gate)
        {
            mayEnd.Remove(number);
            Change(table.Closed(number));
        }
    }

    private void Change(ConnectionTable next)
    {
        table = next;
        changed.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The place of one connection, from when it was admitted until it is disposed.</summary>
    internal sealed class Place(ConnectionPlaces places, long number, TimeSpan limit, TimeProvider time) : IDisposable
    {
        private CancellationTokenSource? over;
        private PlaceEnd end;
        private bool closed;

        /// <summary>
        /// Is cancelled when the connection is not to be read any further. Its time begins when it is asked for: most have
        /// sent their frame before, and need neither.
        /// </summary>
        public CancellationToken Token
        {
            get
            {
                lock (places.gate)
                {
                    over ??= new CancellationTokenSource(limit, time);
                    if (end != PlaceEnd.None)
                        over.Cancel();
                    return over.Token;
                }
            }
        }

        /// <summary>Why it was.</summary>
        public PlaceEnd Ended => end != PlaceEnd.None ? end : over is { IsCancellationRequested: true } ? PlaceEnd.Late : PlaceEnd.None;

        /// <summary>A whole frame was read, or there will be none: it is not cut any more.</summary>
        public void Framed() => places.Framed(number);

        /// <summary>It is kept for more documents, without a time for them all, and may be cut again.</summary>
        public void Keep()
        {
            (over ??= new CancellationTokenSource()).CancelAfter(Timeout.InfiniteTimeSpan);
            places.Kept(number, this);
        }

        public void Dispose()
        {
            if (closed)
                return;
            closed = true;
            places.Closed(number);
            over?.Dispose();
        }

        // Under the gate, and so before it is disposed.
        internal void End(PlaceEnd why)
        {
            end = why;
            _ = over?.CancelAsync();
        }
    }
}
