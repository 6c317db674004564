using Acomm.Domain;
using Acomm.Properties.Generators;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>What a caller is told of each end that a request can have.</summary>
public class CompletionTests
{
    private static readonly RequestId Id = TrackerWords.Id(0);
    private static readonly Request Request = Request.Of(Id, TrackerWords.Parsed(TaskName.Parse("t")), RawJson.Null, TrackerWords.Hook);

    public static TheoryData<Completion, AcommError> Ends => new()
    {
        { new Completion.TimedOut(TrackerWords.Tick), new AcommError.TimedOut(Id, TrackerWords.Tick) },
        { new Completion.Cancelled(), new AcommError.Cancelled(Id) },
        { new Completion.Rejected(new AcommError.PeerOverloaded(TrackerWords.Hook)), new AcommError.PeerOverloaded(TrackerWords.Hook) },
        { new Completion.Shutdown(), new AcommError.CutByShutdown(Id) },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Every_end_without_an_answer_is_an_error(Completion end, AcommError error) => Assert.Equal(error, end.ToEither(Id));

    [Theory]
    [MemberData(nameof(Ends))]
    public void Whoever_waits_elsewhere_is_told_of_every_end_but_the_one_that_he_made(Completion end, AcommError error)
    {
        var forward = new TrackerOutput.Forward(
            new Handle(Id, 0), end, new Route.Forward(TrackerWords.Hook, Reach.Anywhere), Response.Failure(Id, error.ToString()), default);
        Assert.Equal(end is not Completion.Cancelled, forward.IsWanted);
    }

    [Fact]
    public void An_answer_is_itself_whatever_it_says()
    {
        foreach (var answer in new[] { Request.Succeed(RawJson.Null), Request.Fail("no") })
            Assert.Equal(answer, new Completion.Answered(answer, Origin.OwnSocket).ToEither(Id));
    }

    [Fact]
    public void An_answer_is_made_from_its_request()
    {
        Assert.Equal(Response.Success(Id, RawJson.Null), Request.Succeed(RawJson.Null));
        Assert.Equal(Response.Failure(Id, "no"), Request.Fail("no"));
    }

    [Theory]
    [InlineData(DropReason.Duplicate, "ResponseDuplicate")]
    [InlineData(DropReason.Late, "ResponseLate")]
    [InlineData(DropReason.Unknown, "ResponseUnknown")]
    [InlineData(DropReason.Forbidden, "ResponseForbidden")]
    public void A_response_that_found_nobody_says_why(DropReason reason, string name) =>
        Assert.Equal(name, new TrackerOutput.Dropped(Id, reason).Error.Name);
}
