using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// What a handler answers: a result or an error, and perhaps a stream. A result converts by itself, so that a handler
/// just returns it; <c>Answer.Fail</c> and <see cref="Answer.WithStream"/> make the others.
/// </summary>
/// <param name="Outcome">The text of an error, or the result.</param>
/// <param name="Stream">Data for the caller to read.</param>
public sealed record Answer<T>(Either<string, T> Outcome, Option<StreamSource> Stream)
{
    /// <summary>Where in a trace it was made; the caller is told.</summary>
    public Option<TraceContext> Trace { get; init; }

    /// <summary>A result, which is not null: what may be missing is a value of its own, or an error.</summary>
    public static implicit operator Answer<T>(T result) => result is null
        ? throw new ArgumentNullException(nameof(result), "a handler's result cannot be null: give a value that says so, or Answer.Fail")
        : new(result, default);

    /// <summary>An error.</summary>
    public static implicit operator Answer<T>(Answer.Failed failed) => new(failed.Text, default);
}

/// <summary>Makes answers.</summary>
public static class Answer
{
    /// <summary>An answer that is an error with this text.</summary>
    public sealed record Failed(string Text);

    /// <summary>The task failed; the caller gets the text as <see cref="AcommError.TaskFailed"/>.</summary>
    public static Failed Fail(string text) => new(text);

    /// <summary>The task failed with an error of the library's; the caller gets its name and message.</summary>
    public static Failed Fail(AcommError error) => new(error.ToString());

    /// <summary>A result and a stream. The stream is disposed when it was read, or nobody reads it in time.</summary>
    public static Answer<T> WithStream<T>(T result, StreamSource stream) => new(result, stream);
}
