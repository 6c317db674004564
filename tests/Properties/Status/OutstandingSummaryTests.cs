using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Status;

/// <summary>What a summary says of open requests is what sorting and counting all of them gives, and there is never much of it.</summary>
[Props(typeof(StatusRequests), 200)]
public class OutstandingSummaryTests
{
    [Property]
    public void Each_request_is_in_one_share_of_the_tasks_and_in_one_of_the_ages(OpenRequests open)
    {
        var summary = SummaryOf(open);

        Assert.Equal(open.Requests.Length, summary.All.Count);
        Assert.Equal(open.Requests.Length, summary.ByTask.Sum(task => task.Open.Count) + summary.Others.Count);
        Assert.Equal(open.Requests.Length, summary.ByAge.Sum(age => age.Count));
    }

    [Property]
    public void The_shares_of_the_tasks_are_those_with_the_most_requests(OpenRequests open)
    {
        var summary = SummaryOf(open);
        var expected = open.Requests
            .GroupBy(request => request.Subject.Task)
            .Select(task => (Task: task.Key, Count: task.Count(), Oldest: task.Max(request => AgeOf(open, request))))
            .OrderBy(task => (-task.Count, task.Task.Value), Comparer<(int, string)>.Create((one, other) =>
                one.Item1 != other.Item1 ? one.Item1 - other.Item1 : string.CompareOrdinal(one.Item2, other.Item2)))
            .ToList();

        Assert.Equal(
            expected.Take(OutstandingSummary.TaskLimit),
            summary.ByTask.Select(task => (task.Task, task.Open.Count, task.Open.OldestAge)));
        var others = expected.Skip(OutstandingSummary.TaskLimit).ToList();
        Assert.Equal(
            (others.Count, others.Sum(task => task.Count), others.Select(task => task.Oldest).DefaultIfEmpty().Max()),
            (summary.OtherTasks, summary.Others.Count, summary.Others.OldestAge));
    }

    [Property]
    public void A_share_of_the_ages_has_those_that_are_younger_than_its_bound_and_not_than_that_before(OpenRequests open)
    {
        var from = TimeSpan.Zero;
        foreach (var share in SummaryOf(open).ByAge)
        {
            var under = share.Under.IfNone(TimeSpan.MaxValue);
            Assert.Equal(open.Requests.Count(request => AgeOf(open, request) >= from && AgeOf(open, request) < under), share.Count);
            from = under;
        }

        Assert.Equal(TimeSpan.MaxValue, from);
    }

    [Property]
    public void The_oldest_are_the_first_that_were_registered(OpenRequests open)
    {
        var oldest = SummaryOf(open).Oldest;

        Assert.Equal(open.Requests.Take(OutstandingSummary.OldestLimit), oldest.Select(aged => aged.Request));
        Assert.All(oldest, aged =>
        {
            Assert.Equal(AgeOf(open, aged.Request), aged.Age);
            Assert.Equal(aged.Request.Deadline > open.Now ? aged.Request.Deadline - open.Now : TimeSpan.Zero, aged.Left);
        });
    }

    [Property]
    public void The_order_in_which_the_requests_come_changes_nothing(OpenRequests open, int seed)
    {
        var shuffled = open.Requests.ToArray();
        new Random(seed).Shuffle(shuffled);

        Assert.Equal(SummaryOf(open), SummaryOf(open with { Requests = shuffled }));
    }

    [Property]
    public void It_is_small_and_no_time_is_negative(OpenRequests open)
    {
        var summary = SummaryOf(open);

        Assert.InRange(summary.ByTask.Length, 0, OutstandingSummary.TaskLimit);
        Assert.InRange(summary.Oldest.Length, 0, OutstandingSummary.OldestLimit);
        Assert.Equal(OutstandingSummary.AgeBounds.Length + 1, summary.ByAge.Length);
        Assert.All(
            summary.Oldest.SelectMany(aged => new[] { aged.Age, aged.Left }).Append(summary.All.OldestAge),
            time => Assert.InRange(time, TimeSpan.Zero, TimeSpan.MaxValue));
    }

    private static OutstandingSummary SummaryOf(OpenRequests open) => OutstandingSummary.Of(open.Requests, open.Now);

    private static TimeSpan AgeOf(OpenRequests open, OutstandingRequest request) =>
        request.Since < open.Now ? open.Now - request.Since : TimeSpan.Zero;
}
