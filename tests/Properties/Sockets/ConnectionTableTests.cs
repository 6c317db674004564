using Acomm.Domain;
using FsCheck;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Sockets;

/// <summary>Whatever the peers do, the limits hold, and who is quick is not kept waiting by who is slow.</summary>
public sealed class ConnectionTableTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);
    private static readonly Limits Few = new() { Connections = 5, ConnectionsUnframed = 3, UnframedGrace = Grace };

    [Fact]
    public void The_silent_keep_their_places_while_there_are_others()
    {
        var table = Silent(Few.ConnectionsUnframed - 1);
        Assert.True(Admitted(table, 100, At(10_000)).Cut.IsNone);
    }

    [Fact]
    public void Who_comes_when_the_silent_hold_every_place_takes_that_of_the_oldest_at_once()
    {
        var admitted = Admitted(Silent(Few.ConnectionsUnframed), 100, At(100));
        Assert.Equal(1L, admitted.Cut);
        Assert.Equal(Few.ConnectionsUnframed, admitted.Table.UnframedCount);
        Assert.Equal(2L, Admitted(admitted.Table, 101, At(100)).Cut);
    }

    [Fact]
    public void Nobody_is_cut_within_the_grace_and_who_waits_asks_again_when_it_is_over()
    {
        var wait = Assert.IsType<ConnectionAdmission.Wait>(Silent(Few.ConnectionsUnframed).Admit(100, At(99)));
        Assert.Equal(At(100), wait.Until);
    }

    [Fact]
    public void Who_has_sent_a_frame_is_never_cut()
    {
        var table = Silent(0);
        for (var i = 1; i <= Few.Connections; i++)
            table = Admitted(table, i, At(0)).Table.Framed(i);
        Assert.Equal(new ConnectionAdmission.Wait(None), table.Admit(100, At(1_000_000)));
        Assert.True(Admitted(table.Closed(3), 100, At(0)).Cut.IsNone);
    }

    [Fact]
    public void Where_all_places_are_taken_the_one_that_is_silent_goes()
    {
        var table = Silent(1);
        for (var i = 2; i <= Few.Connections; i++)
            table = Admitted(table, i, At(0)).Table.Framed(i);
        Assert.Equal(1L, Admitted(table, 100, At(100)).Cut);
    }

    [Fact]
    public void Where_nobody_is_silent_the_one_that_was_kept_longest_goes_at_once()
    {
        var table = Silent(0);
        for (var i = 1; i <= Few.Connections; i++)
            table = Admitted(table, i, At(0)).Table.Framed(i);
        var admitted = Admitted(table.Kept(4).Kept(2), 100, At(0));
        Assert.Equal(2L, admitted.Cut);
        Assert.Equal(Few.Connections, admitted.Table.Count);
        Assert.Equal(4L, Admitted(admitted.Table.Framed(100), 101, At(0)).Cut);
    }

    [Fact]
    public void The_kept_do_not_go_for_those_who_are_too_many_without_a_frame()
    {
        var table = Admitted(Silent(Few.ConnectionsUnframed - 1), 50, At(0)).Table.Framed(50).Kept(50);
        table = Admitted(table, 51, At(0)).Table;
        Assert.Equal(At(100), Assert.IsType<ConnectionAdmission.Wait>(table.Admit(100, At(99))).Until);
    }

    [Fact]
    public void Only_who_has_sent_a_frame_is_kept()
    {
        var table = Silent(1);
        Assert.Same(table, table.Kept(1));
        Assert.Same(table, table.Kept(2));
        Assert.Equal(0, table.Framed(1).Kept(1).Closed(1).Count);
    }

    [Fact]
    public void Who_was_cut_gets_no_place_by_a_frame_that_came_too_late()
    {
        var table = Admitted(Silent(Few.ConnectionsUnframed), 100, At(100)).Table;
        Assert.Same(table, table.Framed(1));
        Assert.Equal(Few.ConnectionsUnframed, table.Closed(1).Count);
    }

    [Prop]
    public void The_limits_hold_and_only_the_oldest_is_cut_after_its_grace(PositiveInt limit, PositiveInt unframed, (byte Kind, byte Who, byte Millis)[] moves)
    {
        var limits = new Limits { Connections = 1 + (limit.Get % 6), ConnectionsUnframed = 1 + (unframed.Get % 6), UnframedGrace = Grace };
        var table = ConnectionTable.Empty(limits);
        var (now, next) = (At(0), 1L);
        var since = new SortedDictionary<long, Instant>();
        var framed = new System.Collections.Generic.HashSet<long>();
        var kept = new SortedSet<long>();
        foreach (var (kind, who, millis) in moves)
        {
            now += TimeSpan.FromMilliseconds(millis);
            var known = next == 1 ? 1 : 1 + (who % (next - 1));
            switch (kind % 5)
            {
                case 0 or 1:
                    var full = since.Count == limits.ConnectionsUnframed || since.Count + framed.Count + kept.Count == limits.Connections;
                    switch (table.Admit(next, now))
                    {
                        case ConnectionAdmission.Admitted admitted:
                            Assert.Equal(full, admitted.Cut.IsSome);
                            admitted.Cut.Iter(cut =>
                            {
                                var silent = since.Count > 0 && since.First().Value + Grace <= now;
                                Assert.Equal(silent ? since.First().Key : kept.Min, cut);
                                Assert.True(silent || since.Count < limits.ConnectionsUnframed);
                                Assert.True(silent ? since.Remove(cut) : kept.Remove(cut));
                            });
                            table = admitted.Table;
                            since.Add(next++, now);
                            break;
                        case ConnectionAdmission.Wait wait:
                            Assert.True(full && (kept.Count == 0 || since.Count == limits.ConnectionsUnframed));
                            Assert.Equal(since.Count == 0 ? Option<Instant>.None : since.First().Value + Grace, wait.Until);
                            Assert.True(wait.Until.ForAll(until => until > now));
                            break;
                    }

                    break;
                case 2:
                    table = table.Framed(known);
                    if (since.Remove(known))
                        framed.Add(known);
                    break;
                case 3:
                    table = table.Kept(known);
                    if (framed.Remove(known))
                        kept.Add(known);
                    break;
                default:
                    table = table.Closed(known);
                    since.Remove(known);
                    framed.Remove(known);
                    kept.Remove(known);
                    break;
            }

            Assert.Equal((since.Count, since.Count + framed.Count + kept.Count), (table.UnframedCount, table.Count));
            Assert.InRange(table.UnframedCount, 0, limits.ConnectionsUnframed);
            Assert.InRange(table.Count, 0, limits.Connections);
        }
    }

    private static ConnectionTable Silent(int count) => Enumerable.Range(1, count).Aggregate(
        ConnectionTable.Empty(Few), (table, number) => Admitted(table, number, At(0)).Table);

    private static ConnectionAdmission.Admitted Admitted(ConnectionTable table, long number, Instant now) =>
        Assert.IsType<ConnectionAdmission.Admitted>(table.Admit(number, now));

    private static Instant At(int millis) => Instant.Zero + TimeSpan.FromMilliseconds(millis);
}
