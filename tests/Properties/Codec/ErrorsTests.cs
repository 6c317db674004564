using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Errors are part of the contract: names travel, messages are read by people, delivery decides about retries.</summary>
public sealed class ErrorsTests
{
    // A name that is changed or removed breaks peers and callers; a new one belongs into this list.
    private static readonly string[] NotSent =
    [
        "AddressForbidden", "AddressInUse", "AddressMalformed", "AddressUnusable", "ConnectionLimit", "DirectoryUnsafe", "DnsFailed",
        "DocumentInvalid", "DocumentMalformed", "DuplicateId", "FrameEmpty", "FrameTimeout", "FrameTooLong", "FrameTruncated",
        "ListenFailed", "NoPublicUrl", "NoWorker", "NodeOverloaded", "NotStarted", "PathTooLong", "PeerForbidden", "PeerOverloaded",
        "TaskOverloaded",
        "PeerUnreachable", "ResponseDuplicate", "ResponseForbidden", "ResponseLate", "ResponseUnknown", "SchemeUnknown", "ServiceMissing", "ShuttingDown",
        "StreamMissing", "StreamUnknown", "TimeoutInvalid", "TlsFailed", "TooManyStreams", "TrackerFull", "TrailingBytes", "UnknownTask", "Unserializable", "ValueInvalid",
    ];

    private static readonly string[] Refused = ["RedirectRefused", "Rejected"];

    private static readonly string[] Indeterminate = ["AckTimeout", "BadAck", "Cancelled", "CutByShutdown", "HttpStatus", "TimedOut"];

    private static readonly string[] Taken = ["ArgsMismatch", "HandlerFailed", "ResultMismatch", "StreamIdle", "StreamTorn", "TaskFailed"];

    private static readonly string[] AsTheySay = ["InterceptorFailed", "PeerClosed", "WriteTimeout"];

    private static readonly string[] OurWords =
        ["AddressForbidden", "AddressMalformed", "AddressUnusable", "DocumentInvalid", "DocumentMalformed", "ValueInvalid"];

    public static TheoryData<Type> Cases => [.. ErrorSamples.Cases];

    public static TheoryData<Type> CasesWithForeignText => [.. ErrorSamples.Cases.Where(c => !OurWords.Contains(c.Name))];

    [Fact]
    public void The_names_are_these() => Assert.Equal(
        new[] { NotSent, Refused, Indeterminate, Taken, AsTheySay }.SelectMany(n => n).Order(StringComparer.Ordinal),
        ErrorSamples.Cases.Select(c => ErrorSamples.Make(c, "x").Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_known_of_the_message_follows_from_the_case()
    {
        AssertDelivery(Delivery.NotSent, NotSent);
        AssertDelivery(Delivery.Refused, Refused);
        AssertDelivery(Delivery.Indeterminate, Indeterminate);
        AssertDelivery(Delivery.Taken, Taken);
        foreach (var state in Enum.GetValues<Delivery>())
            Assert.All(AsTheySay, name => Assert.Equal(state, ErrorSamples.Make(CaseOf(name), "x", state).Delivery));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_message_says_every_part_of_its_error(Type type)
    {
        var error = ErrorSamples.Make(type, "sample-text");
        Assert.All(ErrorSamples.Parts(error), part => Assert.Contains(Said(part.Name, part.Value), error.Message, StringComparison.Ordinal));
        Assert.NotEmpty(error.Message);
        Assert.Equal($"{type.Name}: {error.Message}", error.ToString());
    }

    // Texts of peers and of the system reach logs and terminals by way of these messages. The reasons and problems of
    // what is left out here are our own words, and the reading of any bytes is held to the same rule.
    [Theory]
    [MemberData(nameof(CasesWithForeignText))]
    public void A_message_is_one_line_whatever_a_peer_wrote(Type type)
    {
        var error = ErrorSamples.Make(type, "evil\r\n\u001b[2J\u2028" + new string('x', 60));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.DoesNotContain('\u2028', error.Message);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_message_tells_a_query_or_a_fragment(Type type) =>
        Assert.DoesNotContain("secret", ErrorSamples.Make(type, "x").ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(399, Delivery.Indeterminate)]
    [InlineData(400, Delivery.Refused)]
    [InlineData(499, Delivery.Refused)]
    [InlineData(500, Delivery.Indeterminate)]
    public void Only_a_status_of_4xx_refuses(int status, Delivery delivery) =>
        Assert.Equal(delivery, new AcommError.HttpStatus(Address.Parse("http://h").Right(), status).Delivery);

    [Fact]
    public void A_message_of_which_nothing_was_written_was_not_sent()
    {
        Assert.Equal(Delivery.NotSent, Deliveries.AfterWriting(0));
        Assert.Equal(Delivery.Indeterminate, Deliveries.AfterWriting(1));
        Assert.Equal(Delivery.Indeterminate, Deliveries.AfterWriting(long.MaxValue));
    }

    [Fact]
    public void What_was_not_sent_or_was_refused_gets_no_answer() => Assert.Equal(
        [Delivery.NotSent, Delivery.Refused],
        Enum.GetValues<Delivery>().Where(d => d.IsFinal()));

    private static void AssertDelivery(Delivery delivery, string[] names) =>
        Assert.All(names, name => Assert.Equal(delivery, ErrorSamples.Make(CaseOf(name), "x").Delivery));

    private static Type CaseOf(string name) => ErrorSamples.Cases.Single(c => c.Name == name);

    // What a caller asks for by code and not by reading is left out.
    private static string Said(string name, object? value) => (name, value) switch
    {
        ("State" or "Code", _) => "",
        (_, Address address) => address.Shown,
        ("Value" or "Limit", TimeSpan time) => time.TotalSeconds.ToString("0.#", null)[..1],
        (_, TimeSpan time) => time.TotalSeconds.ToString("0.#", null),
        (_, LanguageExt.Seq<AcommError.ValueInvalid> problems) => string.Join("; ", problems.Map(p => p.Message)),
        _ => $"{value}",
    };
}
