using Acomm.Domain;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Codec;

/// <summary>
/// What a document costs in memory: what is kept of it, and no scaffolding. Code that was not optimized yet takes up to
/// twice as much; the limits are for that, and so the same on every machine.
/// </summary>
public sealed class DocumentCostTests
{
    private const int ArrayHeaderBytes = 24;
    private const string HookText = "unix:///tmp/some/directory/caller.sock";

    private static readonly Address Hook = Address.Parse(HookText).Right();
    private static readonly Request Small = Request.Of(Id(), TaskName.Parse("echo").Right(), Json(10), Hook);
    private static readonly AddressMemo Memo = new();

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void A_request_is_written_into_its_own_bytes(int argsBytes)
    {
        var request = Small with { Args = Json(argsBytes) };
        Assert.InRange(CostOf(() => Document.Write(request)), 0, Document.Write(request).Length + ArrayHeaderBytes + 8);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void A_response_is_written_into_its_own_bytes(int resultBytes)
    {
        var response = Small.Succeed(Json(resultBytes));
        Assert.InRange(CostOf(() => Document.Write(response)), 0, Document.Write(response).Length + ArrayHeaderBytes + 8);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void A_request_is_read_into_its_parts_and_its_args_stay_where_they_are(int argsBytes)
    {
        var document = Document.Write(Small with { Args = Json(argsBytes) });
        Assert.InRange(CostOf(() => Document.ReadMessage(document, Limits.Default, Memo)), 0, 480);
        Assert.InRange(CostOf(() => Document.ReadMessage(document, Limits.Default)), 0, 1200);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void A_response_is_read_into_its_parts_and_its_result_stays_where_it_is(int resultBytes)
    {
        var document = Document.Write(Small.Succeed(Json(resultBytes)));
        Assert.InRange(CostOf(() => Document.ReadMessage(document, Limits.Default)), 0, 340);
    }

    // A name in another spelling costs no more; one that nobody looks for is remembered.
    [Fact]
    public void Keys_of_either_go_version_are_compared_where_they_stand()
    {
        const string Json = """{"ID":"x","STREAM_URL":null,"streamurl":null,"RESULT":1,"Error":"","code":null}""";
        var document = Read.Utf8(Json);
        Assert.InRange(CostOf(() => Document.ReadMessage(document, Limits.Default)), 0, 260);
    }

    [Fact]
    public void Args_are_checked_for_nothing()
    {
        var bytes = Read.Utf8("""{"a":[1,2,{"b":null}],"c":"text"}""");
        Assert.Equal(0, CostOf(() => RawJson.Parse(bytes)));
    }

    [Fact]
    public void Text_of_an_address_is_read_into_its_parts() =>
        Assert.InRange(CostOf(() => Address.Parse(HookText)), 0, 560);

    [Fact]
    public void A_request_for_a_handler_is_decided_upon_for_no_more_than_the_decision()
    {
        Func<TaskName, bool> serves = _ => true;
        Assert.InRange(CostOf(() => Intake.Decide(Small, Arrival.Socket, OutsidePolicy.Default, serves, Hook, None)), 0, 240);
    }

    [Fact]
    public void A_place_that_is_free_is_taken_and_left_for_little()
    {
        var state = AdmissionState.Create(Limits.Default, default);
        Assert.InRange(CostOf(() => Admission.Finish(Admission.Arrive(state, Small.Task, 1, 100).State, Small.Task)), 0, 600);
    }

    private static RequestId Id() => RequestId.Parse("3f2b1c4e-9d0a-4b6e-8f1a-2c3d4e5f6a7b").Right();

    private static RawJson Json(int bytes) => RawJson.Parse($"\"{new string('x', bytes - 2)}\"").Right();

    // The first run fills what is kept for ever.
    private static long CostOf<T>(Func<T> action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
