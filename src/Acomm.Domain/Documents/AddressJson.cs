using System.Text.Json;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>An address in a document: Go's object of URL parts, which is what is written, or text, which is read as well.</summary>
internal static class AddressJson
{
    // A URL object is two levels deep (User), and what a newer Go may add to it is skipped.
    private const int DepthLimit = 8;

    private static readonly string[] Keys =
        ["Scheme", "Opaque", "User", "Host", "Path", "RawPath", "OmitHost", "ForceQuery", "RawQuery", "Fragment", "RawFragment"];

    public static Either<AcommError, Address> Read(JsonTokenType kind, ReadOnlyMemory<byte> value) => kind switch
    {
        JsonTokenType.String => JsonScanner.Text(value.Span).Case is string text
            ? Address.Parse(text)
            : new AcommError.AddressMalformed("", "has an unpaired surrogate"),
        JsonTokenType.StartObject => ReadParts(value),
        _ => new AcommError.AddressMalformed("", $"is {JsonScanner.KindOf(kind)}, an object or a string is needed"),
    };

    public static void Write(ref DocumentWriter json, Option<Address> some)
    {
        if (some.Case is not Address address)
        {
            json.Raw("null"u8);
            return;
        }

        json.Raw("{\"Scheme\":"u8);
        json.Text(address.SchemeText);
        json.Raw(",\"Opaque\":"u8);
        json.Text(address.Opaque);
        json.Raw(",\"User\":"u8);
        json.Raw(address.HasUser ? "{}"u8 : "null"u8);
        json.Raw(",\"Host\":"u8);
        json.Text(address.Host);
        json.Raw(",\"Path\":"u8);
        json.Text(address.Path);
        json.Raw(",\"RawPath\":"u8);
        json.Text(address.RawPath);
        json.Raw(",\"OmitHost\":"u8);
        json.Raw(Flag(address.OmitHost));
        json.Raw(",\"ForceQuery\":"u8);
        json.Raw(Flag(address.ForceQuery));
        json.Raw(",\"RawQuery\":"u8);
        json.Text(address.RawQuery);
        json.Raw(",\"Fragment\":"u8);
        json.Text(address.Fragment);
        json.Raw(",\"RawFragment\":"u8);
        json.Text(address.RawFragment);
        json.Raw("}"u8);
    }

    private static ReadOnlySpan<byte> Flag(bool flag) => flag ? "true"u8 : "false"u8;

    private static Either<AcommError, Address> ReadParts(ReadOnlyMemory<byte> value)
    {
        Span<JsonPart> found = stackalloc JsonPart[Keys.Length];
        if (JsonScanner.Object("URL", value.Span, DepthLimit, Keys, found).Case is AcommError malformed)
            return malformed;
        var parts = new DocumentFields(value, Keys, found);
        var problems = default(Problems);
        var address = new Address
        {
            Scheme = problems.Take(parts.Text("Scheme", AddressText.ParseScheme)),
            Opaque = problems.Take(parts.Text("Opaque", NoControl)),
            HasUser = problems.Take(parts.IsObject("User")),
            Host = problems.Take(parts.Text("Host", CheckedHost)),
            Path = problems.Take(parts.Text("Path")),
            RawPath = problems.Take(parts.Text("RawPath", NoControl)),
            OmitHost = problems.Take(parts.Flag("OmitHost")),
            ForceQuery = problems.Take(parts.Flag("ForceQuery")),
            RawQuery = problems.Take(parts.Text("RawQuery", NoControl)),
            Fragment = problems.Take(parts.Text("Fragment")),
            RawFragment = problems.Take(parts.Text("RawFragment", NoControl)),
        };
        return problems.Or("URL", address);
    }

    private static Either<AcommError, string> CheckedHost(string host)
    {
        var text = NoControl(host);
        return text.IsRight && AddressText.HostProblem(host).Case is string problem ? new AcommError.AddressMalformed("", problem) : text;
    }

    // Such a part goes into an HTTP request line as it is.
    private static Either<AcommError, string> NoControl(string part) =>
        AddressText.HasControl(part) ? new AcommError.AddressMalformed("", "has a space or a control character") : part;
}
