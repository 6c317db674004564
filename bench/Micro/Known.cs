using Acomm.Domain;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>What is measured with: ids as the library makes them, answers with the small payload of the other benchmarks.</summary>
internal static class Known
{
    /// <summary>Longer than any run, so that nothing expires but what is to.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromDays(29);

    /// <summary>What goes there and back.</summary>
    public static readonly RawJson Payload = Right(RawJson.Parse("""{"name":"disk0","size":123456,"tags":["a","b","c"]}"""));

    /// <summary>The limits of a node, with room for some more than a million open requests.</summary>
    public static readonly Limits Limits = Limits.Default with { Outstanding = 4_000_000 };

    /// <summary>So many ids, each a string of its own.</summary>
    public static RequestId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => NewId())];

    /// <summary>A new id.</summary>
    public static RequestId NewId() => Right(RequestId.Parse(Guid.NewGuid().ToString("N")));

    /// <summary>An answer.</summary>
    public static Response Answer(RequestId id) => Response.Success(id, Payload);

    /// <summary>A value that is known to be right.</summary>
    public static T Right<T>(Either<AcommError, T> value) =>
        value.IfLeft(error => throw new InvalidOperationException(error.ToString()));
}
