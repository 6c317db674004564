using LanguageExt;

namespace Acomm.Domain;

/// <summary>Collects what is wrong with the parts of one message, so that all of it is told at once.</summary>
internal struct Problems
{
    private Seq<AcommError.ValueInvalid> found;

    /// <summary>The value, or its default with the problem noted.</summary>
    public T Take<T>(Either<AcommError.ValueInvalid, T> value)
    {
        if (value.IsRight)
            return (T)value;
        Add((AcommError.ValueInvalid)value);
        return default!;
    }

    /// <summary>The value, or what is wrong and with what: the error names its thing itself, or is about <paramref name="thing"/>.</summary>
    public static Either<AcommError.ValueInvalid, T> Named<T>(string thing, Either<AcommError, T> value)
    {
        if (value.IsRight)
            return (T)value;
        var error = (AcommError)value;
        return error as AcommError.ValueInvalid ?? new AcommError.ValueInvalid(thing, error.Message);
    }

    public void Add(AcommError.ValueInvalid problem) => found = found.Add(problem);

    /// <summary>The message, if nothing was wrong.</summary>
    public readonly Either<AcommError, T> Or<T>(string document, T message) =>
        found.IsEmpty ? message : new AcommError.DocumentInvalid(document, found);
}
