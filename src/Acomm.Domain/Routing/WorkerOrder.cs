using System.Globalization;
using System.Numerics;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// Workers of one task, each with a socket in the task's directory, named by its priority: <c>9-fast.sock</c> comes before
/// <c>10-slow.sock</c>. Names without a number come last; equal priorities in the order of the names.
/// </summary>
public static class WorkerOrder
{
    /// <summary>How the names of sockets end.</summary>
    public const string Suffix = ".sock";

    /// <summary>The names of sockets among the names of a directory, in the order in which they are to be tried.</summary>
    public static Seq<string> Of(IEnumerable<string> names) => names
        .Where(name => name.EndsWith(Suffix, StringComparison.Ordinal) && !name.StartsWith('.'))
        .OrderBy(name => Priority(name).IsNone)
        .ThenBy(name => Priority(name).IfNone(BigInteger.Zero))
        .ThenBy(name => name, StringComparer.Ordinal)
        .ToSeq();

    /// <summary>Whether the next worker may be tried after this failure: the request was certainly not taken, and it was for this worker's sake.</summary>
    public static bool TriesNext(AcommError error) => error.Delivery.IsFinal() && error
        is AcommError.PeerUnreachable or AcommError.PeerOverloaded or AcommError.PeerClosed or AcommError.WriteTimeout
        or AcommError.Rejected or AcommError.AddressUnusable or AcommError.PathTooLong;

    private static Option<BigInteger> Priority(string name)
    {
        var digits = name.AsSpan(0, name.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : name.Length);
        return digits.IsEmpty ? Option<BigInteger>.None : BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
