using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Acomm.Properties.Generators;

/// <summary>Addresses, made from the text that a person or a peer would write.</summary>
public static class MessagesAddresses
{
    private static readonly Gen<string> Segment = Gen.Frequency(
        (4, MessagesText.Word),
        (1, Gen.Elements("a%2Fb", "%E2%82%AC", "a%20b", "(x)", "it's", "%41", "a:b@c", "..", "")));

    private static readonly Gen<string> Path = Segment.ArrayOf().Select(parts => string.Concat(parts.Take(4).Select(p => "/" + p)));

    private static readonly Gen<string> Host =
        from host in Gen.Frequency(
            (3, MessagesText.Word),
            (1, Gen.Elements("localhost", "127.0.0.1", "[::1]", "[fe80::1%25eth0]", "b%C3%BCcher.example")))
        from port in Gen.Elements("", "", ":80", ":65535", ":")
        select host + port;

    private static readonly Gen<string> Tail =
        from query in Gen.Elements("", "", "", "?", "?a=1&b=%20", "?addr=unix%3A%2F%2F%2Ftmp%2Fx.sock", "?a?b")
        from fragment in Gen.Elements("", "", "", "#part", "#a%2Fb", "#%C3%A9")
        select query + fragment;

    /// <summary>Text of an HTTP address that has a host.</summary>
    public static Gen<string> HttpText { get; } =
        from scheme in Gen.Elements("http", "https")
        from user in Gen.Elements("", "", "", "me@", "me:secret@")
        from host in Host
        from path in Path
        from tail in Tail
        select $"{scheme}://{user}{host}{path}{tail}";

    /// <summary>Text of a unix address with a path that a socket can have.</summary>
    public static Gen<string> UnixText { get; } =
        from prefix in Gen.Elements("unix://", "unix://", "unix:")
        from first in MessagesText.Word
        from path in Path
        select $"{prefix}/{first}{path}";

    /// <summary>Text of an address of any kind, usable or not.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (4, HttpText),
        (4, UnixText),
        (1, Gen.Elements("unix:rel.sock", "unix://asdf", "unix:", "http:", "https:x?y", "unix:///", "http:/path", "http:////a")));

    /// <summary>Addresses of any kind.</summary>
    public static Gen<Address> Any { get; } = Text.Select(text => Address.Parse(text).Right());
}
