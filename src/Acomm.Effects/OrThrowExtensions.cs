using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Takes the value of a result, and throws where there is an error.</summary>
public static class OrThrowExtensions
{
    /// <summary>The value; <see cref="AcommException"/> with the error if there is none.</summary>
    public static T OrThrow<T>(this Either<AcommError, T> result) => result.IfLeft(error => throw new AcommException(error));

    /// <summary>The value; <see cref="AcommException"/> with the error if there is none, <see cref="AcommError.Cancelled"/> too.</summary>
    public static async Task<T> OrThrowAsync<T>(this Task<Either<AcommError, T>> result) => (await result.ConfigureAwait(false)).OrThrow();
}
