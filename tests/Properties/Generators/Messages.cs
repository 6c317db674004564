using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;
using Outcome = Acomm.Domain.Outcome;

namespace Acomm.Properties.Generators;

/// <summary>Everything that travels: ids, addresses, raw JSON, requests, responses, acknowledgements.</summary>
public static class Messages
{
    private static readonly Gen<Option<Address>> MaybeAddress =
        Gen.Frequency((1, Gen.Constant(Option<Address>.None)), (2, MessagesAddresses.Any.Select(Option<Address>.Some)));

    private static readonly Gen<RequestId> AnyId = MessagesText.Id.Select(text => RequestId.Parse(text).Right());

    private static readonly Gen<TaskName> AnyTask = MessagesText.NonEmpty.Select(text => Domain.TaskName.Parse(text).Right());

    private static readonly Gen<Outcome> AnyOutcome = Gen.OneOf(
        MessagesJson.Raw.Select(Outcome (raw) => new Outcome.Success(raw)),
        MessagesText.Any.Select(Outcome (text) => new Outcome.Failure(text)));

    private static readonly Gen<Option<TimeSpan>> AnyTimeout = Gen.OneOf(
        Gen.Constant(Option<TimeSpan>.None),
        Gen.Choose(1, int.MaxValue).Select(ms => Option<TimeSpan>.Some(TimeSpan.FromMilliseconds(ms))),
        Gen.Constant(Option<TimeSpan>.Some(Limits.RequestTimeoutCeiling)));

    private static readonly Gen<Option<TraceContext>> AnyTrace = Gen.OneOf(
        Gen.Constant(Option<TraceContext>.None),
        from traceId in Gen.Choose(1, int.MaxValue)
        from spanId in Gen.Choose(1, int.MaxValue)
        from flags in Gen.Choose(0, 255)
        from state in Gen.Elements("", "a=1", "vendor=opaque value, other=\"quoted\"")
        select TraceContext.Parse($"00-{traceId:x32}-{spanId:x16}-{flags:x2}", state));

    public static Arbitrary<RawJson> Json() => Arb.From(MessagesJson.Raw, MessagesShrinker.Shrink);

    public static Arbitrary<Address> Addresses() => Arb.From(MessagesAddresses.Any, MessagesShrinker.Shrink);

    public static Arbitrary<RequestId> Ids() => Arb.From(AnyId, MessagesShrinker.Shrink);

    public static Arbitrary<TaskName> Tasks() => Arb.From(AnyTask, MessagesShrinker.Shrink);

    public static Arbitrary<Request> Requests() => Arb.From(
        from id in AnyId
        from task in AnyTask
        from args in MessagesJson.Raw
        from hook in MaybeAddress
        from taskUrl in MaybeAddress
        from stream in MaybeAddress
        from timeout in AnyTimeout
        from trace in AnyTrace
        select new Request(id, task, args, hook, taskUrl, stream) { Timeout = timeout, Trace = trace },
        MessagesShrinker.Shrink);

    public static Arbitrary<Response> Responses() => Arb.From(
        from id in AnyId
        from outcome in AnyOutcome
        from stream in MaybeAddress
        from trace in AnyTrace
        select new Response(id, outcome, stream) { Trace = trace },
        MessagesShrinker.Shrink);

    public static Arbitrary<Acknowledgement> Acknowledgements() => Arb.From(
        Gen.OneOf(
            Gen.Constant(Acknowledgement.Ok),
            from text in MessagesText.NonEmpty
            from code in Gen.OneOf(Gen.Constant(Option<string>.None), MessagesText.NonEmpty.Select(Option<string>.Some))
            select (Acknowledgement)new Acknowledgement.Refused(text, code)),
        MessagesShrinker.Shrink);

    public static Arbitrary<Damaged> Damage() => Arb.From(MessagesDamaged.Any, MessagesShrinker.Shrink);
}
