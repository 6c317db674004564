using System.Buffers;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// Where in a distributed trace a message belongs, as W3C Trace Context writes it (traceparent and tracestate). It is
/// carried for whoever looks at traces and decides nothing; one that is malformed is as if it were not there.
/// </summary>
public sealed record TraceContext
{
    /// <summary>The length of a traceparent of version 00, in characters.</summary>
    public const int ParentChars = 55;

    /// <summary>A tracestate that is longer is left out, as the recommendation allows: 512 characters.</summary>
    public const int StateLimitChars = 512;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private TraceContext(string parent, string state) => (Parent, State) = (parent, state);

    /// <summary>The traceparent: version, trace id, span id and flags.</summary>
    public string Parent { get; }

    /// <summary>The tracestate; empty if there is none.</summary>
    public string State { get; }

    /// <summary>Reads both; none if the traceparent is not of version 00 or has an id of zeros. A tracestate that is too long or no printable ASCII is left out.</summary>
    public static Option<TraceContext> Parse(string parent, string state = "") => IsParent(parent)
        ? new TraceContext(parent, state.Length <= StateLimitChars && !state.AsSpan().ContainsAnyExceptInRange(' ', '~') ? state : "")
        : Option<TraceContext>.None;

    // 00-{32 hex digits}-{16 hex digits}-{2 hex digits}
    private static bool IsParent(ReadOnlySpan<char> text) =>
        text.Length == ParentChars
        && text.StartsWith("00-")
        && text[35] == '-'
        && text[52] == '-'
        && IsId(text[3..35])
        && IsId(text[36..52])
        && !text[53..].ContainsAnyExcept(LowerHex);

    private static bool IsId(ReadOnlySpan<char> hex) => !hex.ContainsAnyExcept(LowerHex) && hex.ContainsAnyExcept('0');
}
