using System.Text.Json;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>An address in a document: Go's object of URL parts, which is what is written, or text, which is read as well.</summary>
internal static class AddressJson
{
    // A URL object is two levels deep (User), and what a newer Go may add to it is skipped.
    private const int DepthLimit = 8;

    public static Either<AcommError, Address> Read(JsonMember value) => value.Kind switch
    {
        JsonTokenType.String => JsonScanner.Text(value.Raw).Match(
            Some: Address.Parse,
            None: () => new AcommError.AddressMalformed("", "has an unpaired surrogate")),
        JsonTokenType.StartObject => JsonScanner.Object("URL", value.Raw, DepthLimit).Bind(members => ReadParts(new DocumentFields(members))),
        _ => new AcommError.AddressMalformed("", $"is {JsonScanner.KindOf(value.Kind)}, an object or a string is needed"),
    };

    public static void Write(Utf8JsonWriter writer, Address address)
    {
        writer.WriteStartObject();
        writer.WriteString("Scheme", address.SchemeText);
        writer.WriteString("Opaque", address.Opaque);
        writer.WritePropertyName("User");
        if (address.HasUser)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteString("Host", address.Host);
        writer.WriteString("Path", address.Path);
        writer.WriteString("RawPath", address.RawPath);
        writer.WriteBoolean("OmitHost", address.OmitHost);
        writer.WriteBoolean("ForceQuery", address.ForceQuery);
        writer.WriteString("RawQuery", address.RawQuery);
        writer.WriteString("Fragment", address.Fragment);
        writer.WriteString("RawFragment", address.RawFragment);
        writer.WriteEndObject();
    }

    private static Either<AcommError, Address> ReadParts(DocumentFields parts)
    {
        var problems = new Problems();
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

    private static Either<AcommError, string> CheckedHost(string host) => NoControl(host).Bind(text =>
        AddressText.HostProblem(text).Match<Either<AcommError, string>>(
            Some: problem => new AcommError.AddressMalformed("", problem),
            None: () => text));

    // Such a part goes into an HTTP request line as it is.
    private static Either<AcommError, string> NoControl(string part) =>
        part.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 || part.Contains('\x7f')
            ? new AcommError.AddressMalformed("", "has a space or a control character")
            : part;
}
