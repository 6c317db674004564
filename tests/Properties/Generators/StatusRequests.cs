using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;

namespace Acomm.Properties.Generators;

/// <summary>Open requests in the order of their registration, at the moment at which they are reported.</summary>
public sealed record OpenRequests(OutstandingRequest[] Requests, Instant Now);

/// <summary>Draws open requests: few and many tasks, equal ages, and clocks that seem to go backwards.</summary>
public static class StatusRequests
{
    private const int SecondsAll = 10_000;

    private static readonly Gen<TaskName> AnyTask = Gen.OneOf(
        Gen.Elements("echo", "sleep", "<b>&\"'", "\u001b[2J", "\u202eevil", "naïve ☃"),
        Gen.Choose(0, 400).Select(n => $"task-{n}")).Select(name => TaskName.Parse(name).Right());

    private static readonly Gen<OutstandingRequest> AnyRequest =
        from task in AnyTask
        from to in Gen.Frequency((1, Gen.Constant(Option<Address>.None)), (4, MessagesAddresses.Any.Select(Option<Address>.Some)))
        from phase in Gen.Elements(Enum.GetValues<SendingPhase>())
        from isProxied in Gen.Elements(false, true)
        from timeout in Gen.Choose(0, SecondsAll)
        select new OutstandingRequest(default, default, Instant.Zero + TimeSpan.FromSeconds(timeout), new Subject(task, to), phase, isProxied);

    public static Arbitrary<OpenRequests> Open() => Arb.From(
        from requests in Gen.Choose(0, 500).SelectMany(count => AnyRequest.ArrayOf(count))
        from pauses in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(0, 50_000))).ArrayOf(requests.Length)
        from after in Gen.Choose(-100, 5_000_000)
        select Registered(requests, pauses, after));

    private static OpenRequests Registered(OutstandingRequest[] requests, int[] pauses, int afterMillis)
    {
        var now = Instant.Zero;
        var registered = requests.Zip(pauses, (request, pause) =>
        {
            now += TimeSpan.FromMilliseconds(pause);
            return request with { Since = now, Deadline = now + (request.Deadline - Instant.Zero) };
        }).Select((request, i) => request with { Handle = new Handle(RequestId.Parse($"id {i}").Right(), i) }).ToArray();
        return new OpenRequests(registered, now + TimeSpan.FromMilliseconds(afterMillis));
    }
}
