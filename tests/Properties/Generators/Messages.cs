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

    public static Arbitrary<RawJson> Json() => MessagesJson.Raw.ToArbitrary();

    public static Arbitrary<Address> Addresses() => MessagesAddresses.Any.ToArbitrary();

    public static Arbitrary<RequestId> Ids() => AnyId.ToArbitrary();

    public static Arbitrary<TaskName> Tasks() => AnyTask.ToArbitrary();

    public static Arbitrary<Request> Requests() => (
        from id in AnyId
        from task in AnyTask
        from args in MessagesJson.Raw
        from hook in MaybeAddress
        from taskUrl in MaybeAddress
        from stream in MaybeAddress
        select new Request(id, task, args, hook, taskUrl, stream)).ToArbitrary();

    public static Arbitrary<Response> Responses() => (
        from id in AnyId
        from outcome in AnyOutcome
        from stream in MaybeAddress
        select new Response(id, outcome, stream)).ToArbitrary();

    public static Arbitrary<Acknowledgement> Acknowledgements() => Gen.OneOf(
        Gen.Constant(Acknowledgement.Ok),
        from text in MessagesText.NonEmpty
        from code in Gen.OneOf(Gen.Constant(Option<string>.None), MessagesText.NonEmpty.Select(Option<string>.Some))
        select (Acknowledgement)new Acknowledgement.Refused(text, code)).ToArbitrary();

    public static Arbitrary<Damaged> Damage() => MessagesDamaged.Any.ToArbitrary();
}
