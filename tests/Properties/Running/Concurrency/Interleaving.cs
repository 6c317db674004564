namespace Acomm.Properties.Running.Concurrency;

/// <summary>
/// Runs threads one at a time and lets a seed choose, at every pause that they make, which goes on. The same seed gives
/// the same run, but for one thing: of threads that wait for one lock, the system chooses the next.
/// </summary>
internal sealed class Interleaving(int seed)
{
    private static readonly TimeSpan Deadlocked = TimeSpan.FromMinutes(1);

    [ThreadStatic]
    private static Worker? current;

    private readonly SemaphoreSlim changed = new(0);

    private enum Turn
    {
        Paused,
        Given,
        Taken,
        Over,
    }

    /// <summary>A place at which another thread may go on; nothing to a thread that is not run here.</summary>
    public static void Pause() => current?.Pause();

    public void Run(IReadOnlyList<Action> works)
    {
        var random = new Random(seed);

        // Some faults show when threads change all the time, others when one is left behind for long.
        var inEightStays = new[] { 0, 4, 7 }[random.Next(3)];
        Worker? last = null;
        var workers = works.Select(work => new Worker(work, changed)).ToList();
        while (true)
        {
            Settle(workers);
            var ready = workers.Where(w => w.Turn == Turn.Paused).ToList();
            if (ready.Count > 0)
            {
                var stays = random.Next(8) < inEightStays;
                var drawn = ready[random.Next(ready.Count)];
                last = stays && last is not null && ready.Contains(last) ? last : drawn;
                last.Give();
            }
            else if (workers.TrueForAll(w => w.Turn == Turn.Over))
                break;
            else if (!changed.Wait(Deadlocked))
                throw new InvalidOperationException("the threads wait for each other");
        }

        var failures = workers.SelectMany(w => w.Failure).ToList();
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    // Until each thread has paused, is over, or waits for a lock that a paused one holds.
    private void Settle(List<Worker> workers)
    {
        for (var tries = 0; workers.Exists(w => !w.IsSettled); tries++)
        {
            if (tries < 50)
                Thread.Yield();
            else
                changed.Wait(TimeSpan.FromMilliseconds(1));
        }
    }

    private sealed class Worker
    {
        private readonly SemaphoreSlim turns = new(0);
        private readonly SemaphoreSlim changed;
        private readonly Thread thread;
        private volatile Turn turn = Turn.Paused;

        public Worker(Action work, SemaphoreSlim changed)
        {
            this.changed = changed;
            thread = new Thread(() => Work(work)) { IsBackground = true };
            thread.Start();
        }

        public Turn Turn => turn;

        public List<Exception> Failure { get; } = [];

        public bool IsSettled => turn switch
        {
            Turn.Given => false,
            Turn.Taken => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0,
            _ => true,
        };

        public void Give()
        {
            turn = Turn.Given;
            turns.Release();
        }

        public void Pause()
        {
            turn = Turn.Paused;
            changed.Release();
            TakeTurn();
        }

        private void Work(Action work)
        {
            current = this;
            TakeTurn();
            try
            {
                work();
            }
            catch (Exception e)
            {
                Failure.Add(e);
            }

            turn = Turn.Over;
            changed.Release();
        }

        private void TakeTurn()
        {
            turns.Wait();
            turn = Turn.Taken;
        }
    }
}
