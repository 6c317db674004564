using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Generators;

/// <summary>Requests with every combination of hook, task URL and stream, each on unix, http or https or not at all; and who may send them.</summary>
public static class TrackerRequests
{
    public static readonly Address OwnHook = TrackerWords.Parsed(Address.Unix("/run/acomm/node.sock"));

    public static readonly Address PublicUrl = TrackerWords.Parsed(Address.Parse("https://node.example:9000/acomm"));

    public static readonly Address PublicHook = TrackerWords.Parsed(Address.Parse("https://node.example:9000/acomm?token=t"));

    public static Arbitrary<Request> AnyRequest() => Arb.From(
        from id in Gen.Choose(0, TrackerWords.Ids - 1)
        from task in Gen.Elements("echo", "sum", "no such")
        from args in Gen.Elements("null", "{\"a\":1.50}", "[ 1e999 ]")
        from hook in Maybe
        from taskUrl in Maybe
        from stream in Maybe
        select new Request(
            TrackerWords.Id(id),
            TrackerWords.Parsed(TaskName.Parse(task)),
            TrackerWords.Parsed(RawJson.Parse(args)),
            hook,
            taskUrl,
            stream),
        MessagesShrinker.Shrink);

    public static Arbitrary<Response> AnyResponse() => Arb.From(
        from id in Gen.Choose(0, TrackerWords.Ids - 1)
        from payload in Gen.Choose(0, 9)
        from stream in Maybe
        select TrackerWords.ResponseOf(id, payload) with { StreamUrl = stream },
        MessagesShrinker.Shrink);

    public static Arbitrary<Address> AnyAddress() => Arb.From(Addresses);

    public static Arbitrary<IpAddress> AnyIp() => Arb.From(Ips);

    public static Arbitrary<Arrival> AnyArrival() => Arb.From(Gen.OneOf(
        Gen.Constant(Arrival.Socket),
        Ips.Select(Arrival (ip) => new Arrival.OverHttp(ip))));

    public static Arbitrary<OutsidePolicy> AnyPolicy() => Arb.From(
        from networks in Gen.SubListOf("10.0.0.0/8", "192.168.7.0/24", "fd00::/8", "203.0.113.9")
        from hosts in Gen.SubListOf("a.example", "B.example")
        select new OutsidePolicy
        {
            AllowedNetworks = networks.Select(n => TrackerWords.Parsed(IpNetwork.Parse(n))).ToSeq(),
            AllowedHosts = hosts.ToSeq(),
        });

    private static Gen<Address> Addresses => Gen.Elements(
            "unix:///run/a.sock",
            "unix:///run/b.sock",
            "unix:rel.sock",
            "http://a.example/hook",
            "https://10.1.2.3:8443/h?x=1",
            "http://[::1]:8080/h",
            "http://localhost/h")
        .Select(text => TrackerWords.Parsed(Address.Parse(text)));

    private static Gen<Option<Address>> Maybe => Gen.Frequency((1, Gen.Constant(Option<Address>.None)), (2, Addresses.Select(Some)));

    private static Gen<IpAddress> Ips => Gen.Elements(
            "127.0.0.1", "127.8.8.8", "::1", "10.1.2.3", "10.255.255.255", "11.0.0.0", "192.168.7.1", "192.168.8.1", "203.0.113.9", "fd00::1", "fe80::1")
        .Select(text => IpAddress.Parse(text).IfNone(() => throw new InvalidOperationException(text)));
}
