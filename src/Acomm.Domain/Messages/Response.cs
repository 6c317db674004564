using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>How a task ended: a success or a failure, never both.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>The task gave a result: any JSON, kept as its bytes.</summary>
    public sealed record Success(RawJson Result) : Outcome;

    /// <summary>The task gave an error. Its text is never empty, since empty text means success to a Go peer.</summary>
    public sealed record Failure : Outcome
    {
        /// <summary>Stands for an error that came without text.</summary>
        public const string Unspecified = "unspecified error";

        /// <summary>An error with this text, or with <see cref="Unspecified"/> in place of none.</summary>
        public Failure(string text) => Text = text.Length == 0 ? Unspecified : TextRules.WellFormed(text);

        /// <summary>The text.</summary>
        public string Text { get; }
    }
}

/// <summary>The answer to a request. (Go: Response.)</summary>
/// <param name="Id">The id of the request.</param>
/// <param name="Outcome">Its result or error.</param>
/// <param name="StreamUrl">Where more data can be read, once.</param>
public sealed record Response(RequestId Id, Outcome Outcome, Option<Address> StreamUrl)
{
    /// <summary>Where in a trace it belongs.</summary>
    public Option<TraceContext> Trace { get; init; }

    /// <summary>The successful answer to a request.</summary>
    public static Response Success(RequestId id, RawJson result) => new(id, new Outcome.Success(result), None);

    /// <summary>The failed answer to a request.</summary>
    public static Response Failure(RequestId id, string text) => new(id, new Outcome.Failure(text), None);

    /// <summary>
    /// Makes a response from loose parts, as they may come from elsewhere; a result together with an error is refused
    /// (<see cref="AcommError.DocumentInvalid"/>). An error of empty text is an error. (Go: NewResponse.)
    /// </summary>
    public static Either<AcommError, Response> Create(RequestId id, Option<RawJson> result, Option<string> error, Option<Address> streamUrl)
    {
        var problems = default(Problems);
        if (error.IsSome && result.Exists(r => !r.IsNull))
            problems.Add(BothProblem);
        return problems.Or("response", new Response(
            id,
            error.Match<Outcome>(Some: text => new Outcome.Failure(text), None: () => new Outcome.Success(result.IfNone(RawJson.Null))),
            streamUrl));
    }

    internal static AcommError.ValueInvalid BothProblem => new("result", "is there together with an error, only one of them may be");
}
