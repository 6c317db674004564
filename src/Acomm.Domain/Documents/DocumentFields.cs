using System.Text.Json;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>The members of one document or URL object, found by name in any case; a missing member and a null are the same.</summary>
internal readonly struct DocumentFields(Seq<JsonMember> members)
{
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name).IsSome)
                return true;
        }

        return false;
    }

    /// <summary>Any JSON; null if it is missing.</summary>
    public RawJson Raw(string name) => Find(name).Match(m => new RawJson(m.Raw), () => RawJson.Null);

    /// <summary>Text; empty if it is missing.</summary>
    public Either<AcommError.ValueInvalid, string> Text(string name) => Present(name).Match<Either<AcommError.ValueInvalid, string>>(
        Some: m => m.Kind != JsonTokenType.String
            ? Wrong(name, m, "a string")
            : JsonScanner.Text(m.Raw).ToEither(new AcommError.ValueInvalid(name, "has an unpaired surrogate")),
        None: () => "");

    /// <summary>What text says, read by a rule; empty text if it is missing.</summary>
    public Either<AcommError.ValueInvalid, T> Text<T>(string name, Func<string, Either<AcommError, T>> read) =>
        Text(name).Bind(text => Problems.Named(name, read(text)));

    /// <summary>A truth value; false if it is missing.</summary>
    public Either<AcommError.ValueInvalid, bool> Flag(string name) => Present(name).Match<Either<AcommError.ValueInvalid, bool>>(
        Some: m => m.Kind is JsonTokenType.True or JsonTokenType.False ? m.Kind == JsonTokenType.True : Wrong(name, m, "a boolean"),
        None: () => false);

    /// <summary>Whether an object is there, whatever it holds.</summary>
    public Either<AcommError.ValueInvalid, bool> IsObject(string name) => Present(name).Match<Either<AcommError.ValueInvalid, bool>>(
        Some: m => m.Kind == JsonTokenType.StartObject ? true : Wrong(name, m, "an object"),
        None: () => false);

    /// <summary>An address as an object of parts or as text, under one of two names; none if it is missing under both.</summary>
    public Either<AcommError.ValueInvalid, Option<Address>> Address(string name, string otherName)
    {
        var self = this;
        return
            from first in self.Address(name)
            from second in self.Address(otherName)
            from one in first.IsSome && second.IsSome && first != second
                ? Left<AcommError.ValueInvalid, Option<Address>>(new AcommError.ValueInvalid(name, $"and {otherName} differ"))
                : Right<AcommError.ValueInvalid, Option<Address>>(first | second)
            select one;
    }

    /// <inheritdoc cref="Address(string, string)"/>
    public Either<AcommError.ValueInvalid, Option<Address>> Address(string name) => Present(name).Match(
        Some: m => AddressJson.Read(m).Map(Some).MapLeft(e => new AcommError.ValueInvalid(name, e.Message)),
        None: () => Option<Address>.None);

    private static AcommError.ValueInvalid Wrong(string name, JsonMember member, string needed) =>
        new(name, $"is {JsonScanner.KindOf(member.Kind)}, {needed} is needed");

    private Option<JsonMember> Present(string name) => Find(name).Filter(m => m.Kind != JsonTokenType.Null);

    private Option<JsonMember> Find(string name)
    {
        foreach (var member in members)
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                return member;
        }

        return None;
    }
}
