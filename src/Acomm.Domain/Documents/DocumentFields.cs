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
    public Either<AcommError, string> Text(string name) => Present(name).Match(
        Some: m => m.Kind != JsonTokenType.String
            ? new AcommError.ValueInvalid(name, $"is {JsonScanner.KindOf(m.Kind)}, a string is needed")
            : JsonScanner.Text(m.Raw).ToEither<AcommError>(new AcommError.ValueInvalid(name, "has an unpaired surrogate")),
        None: () => "");

    /// <summary>A truth value; false if it is missing.</summary>
    public Either<AcommError, bool> Flag(string name) => Present(name).Match<Either<AcommError, bool>>(
        Some: m => m.Kind is JsonTokenType.True or JsonTokenType.False
            ? m.Kind == JsonTokenType.True
            : new AcommError.ValueInvalid(name, $"is {JsonScanner.KindOf(m.Kind)}, a boolean is needed"),
        None: () => false);

    /// <summary>Whether an object is there, whatever it holds.</summary>
    public Either<AcommError, bool> IsObject(string name) => Present(name).Match<Either<AcommError, bool>>(
        Some: m => m.Kind == JsonTokenType.StartObject
            ? true
            : new AcommError.ValueInvalid(name, $"is {JsonScanner.KindOf(m.Kind)}, an object is needed"),
        None: () => false);

    /// <summary>An address as an object of parts or as text, under one of two names; none if it is missing under both.</summary>
    public Either<AcommError, Option<Address>> Address(string name, string otherName)
    {
        var self = this;
        return
            from first in self.Address(name)
            from second in self.Address(otherName)
            from one in first.IsSome && second.IsSome && first != second
                ? Left<AcommError, Option<Address>>(new AcommError.ValueInvalid(name, $"and {otherName} differ"))
                : Right<AcommError, Option<Address>>(first | second)
            select one;
    }

    /// <inheritdoc cref="Address(string, string)"/>
    public Either<AcommError, Option<Address>> Address(string name) => Present(name).Match(
        Some: m => AddressJson.Read(m).Map(Some).MapLeft(e => (AcommError)new AcommError.ValueInvalid(name, e.Message)),
        None: () => Option<Address>.None);

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
