using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// A task to be run, and where the answer is wanted. Every part is valid by its type. (Go: Request.)
/// </summary>
/// <param name="Id">The id that the answer will carry.</param>
/// <param name="Task">What is to be run.</param>
/// <param name="Args">Any JSON, kept as its bytes.</param>
/// <param name="ResponseHook">Where the answer is to be sent; none if nobody wants it.</param>
/// <param name="TaskUrl">Where the task is to be run, if not by the receiver.</param>
/// <param name="StreamUrl">Data to be read with the request.</param>
public sealed record Request(
    RequestId Id,
    TaskName Task,
    RawJson Args,
    Option<Address> ResponseHook,
    Option<Address> TaskUrl,
    Option<Address> StreamUrl)
{
    /// <summary>How long the answer is waited for, in whole milliseconds, if the sender is one of our own peers.</summary>
    public Option<TimeSpan> Timeout { get; init; }

    /// <summary>Where in a trace it belongs.</summary>
    public Option<TraceContext> Trace { get; init; }

    /// <summary>A request with a hook and nothing else.</summary>
    public static Request Of(RequestId id, TaskName task, RawJson args, Option<Address> responseHook) =>
        new(id, task, args, responseHook, None, None);

    /// <summary>The successful answer to it.</summary>
    public Response Succeed(RawJson result) => Response.Success(Id, result);

    /// <summary>The failed answer to it.</summary>
    public Response Fail(string text) => Response.Failure(Id, text);

    /// <summary>
    /// Makes a request from loose parts and names everything that is wrong at once (<see cref="AcommError.DocumentInvalid"/>).
    /// Addresses are text, an empty one is none. (Go: NewRequest and Validate.)
    /// </summary>
    public static Either<AcommError, Request> Create(
        string id, string task, RawJson args, string responseHook = "", string taskUrl = "", string streamUrl = "")
    {
        var problems = default(Problems);
        var request = new Request(
            problems.Take(Problems.Named(nameof(id), RequestId.Parse(id))),
            problems.Take(Problems.Named(nameof(task), TaskName.Parse(task))),
            args,
            problems.Take(Problems.Named("responseHook", Optional(responseHook))),
            problems.Take(Problems.Named("taskURL", Optional(taskUrl))),
            problems.Take(Problems.Named("streamURL", Optional(streamUrl))));
        return problems.Or("request", request);

        static Either<AcommError, Option<Address>> Optional(string text) =>
            text.Length == 0 ? Option<Address>.None : Address.Parse(text).Map(Some);
    }
}
