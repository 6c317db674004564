using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>What arrives on a socket: a request, a response, or word that an answer is wanted no more.</summary>
public abstract record Message
{
    private Message() { }

    /// <summary>A request.</summary>
    public sealed record OfRequest(Request Request) : Message;

    /// <summary>A response.</summary>
    public sealed record OfResponse(Response Response) : Message;

    /// <summary>A cancellation.</summary>
    public sealed record OfCancellation(Cancellation Cancellation) : Message;
}

/// <summary>
/// Documents as bytes. Both key styles of the Go peers are read, in any case, with addresses as objects or text, and
/// unknown keys are ignored; what is written is read by both Go versions. Nothing throws.
/// </summary>
public static class Document
{
    private static readonly string[] Keys =
        ["id", "task", "args", "responseHook", "taskURL", "streamURL", "stream_url", "result", "error", "code", KeepOpen.Key,
         "timeoutMs", "traceparent", "tracestate", "cancel"];

    /// <summary>Reads whichever it is: one with a task, args, hook or task URL is a request, one that cancels and names no task a cancellation.</summary>
    public static Either<AcommError, Message> ReadMessage(ReadOnlyMemory<byte> utf8, Limits limits) => ReadMessage(utf8, limits, null);

    /// <inheritdoc cref="ReadMessage(ReadOnlyMemory{byte}, Limits)"/>
    /// <param name="utf8">The document.</param>
    /// <param name="limits">What it may hold.</param>
    /// <param name="hooks">Knows the hooks of requests that were read before; none to have every hook read.</param>
    /// <param name="isBorrowed">Whether the document's memory is used again: then args and result are copied out of it.</param>
    public static Either<AcommError, Message> ReadMessage(ReadOnlyMemory<byte> utf8, Limits limits, AddressMemo? hooks, bool isBorrowed = false)
    {
        Span<JsonPart> parts = stackalloc JsonPart[Keys.Length];
        if (JsonScanner.Object("document", utf8.Span, limits.Depth, Keys, parts).Case is AcommError malformed)
            return malformed;
        var fields = new DocumentFields(utf8, Keys, parts, isBorrowed);
        if (IsCancellation(fields) || fields.Has("task", "args", "responseHook", "taskURL"))
            return RequestOrCancellation(fields, limits, hooks);
        var response = ToResponse(fields, limits);
        return response.Case is Response answer ? new Message.OfResponse(answer) : (AcommError)response;
    }

    /// <summary>Reads a request; <see cref="AcommError.DocumentMalformed"/> or <see cref="AcommError.DocumentInvalid"/>, which lists every problem.</summary>
    public static Either<AcommError, Request> ReadRequest(ReadOnlyMemory<byte> utf8, Limits limits)
    {
        Span<JsonPart> parts = stackalloc JsonPart[Keys.Length];
        return JsonScanner.Object("request", utf8.Span, limits.Depth, Keys, parts).Case is AcommError malformed
            ? malformed
            : ToRequest(new DocumentFields(utf8, Keys, parts), limits, null);
    }

    /// <summary>Reads what comes where requests do: one, or a cancellation of one. Errors as of <see cref="ReadRequest"/>.</summary>
    public static Either<AcommError, Message> ReadRequestOrCancellation(ReadOnlyMemory<byte> utf8, Limits limits)
    {
        Span<JsonPart> parts = stackalloc JsonPart[Keys.Length];
        return JsonScanner.Object("request", utf8.Span, limits.Depth, Keys, parts).Case is AcommError malformed
            ? malformed
            : RequestOrCancellation(new DocumentFields(utf8, Keys, parts), limits, null);
    }

    /// <summary>Reads a response; errors as of <see cref="ReadRequest"/>.</summary>
    public static Either<AcommError, Response> ReadResponse(ReadOnlyMemory<byte> utf8, Limits limits)
    {
        Span<JsonPart> parts = stackalloc JsonPart[Keys.Length];
        return JsonScanner.Object("response", utf8.Span, limits.Depth, Keys, parts).Case is AcommError malformed
            ? malformed
            : ToResponse(new DocumentFields(utf8, Keys, parts), limits);
    }

    /// <summary>Reads an acknowledgement: a response document of which only the error counts.</summary>
    public static Either<AcommError, Acknowledgement> ReadAcknowledgement(ReadOnlyMemory<byte> utf8, Limits limits)
    {
        Span<JsonPart> parts = stackalloc JsonPart[Keys.Length];
        if (JsonScanner.Object("acknowledgement", utf8.Span, limits.Depth, Keys, parts).Case is AcommError malformed)
            return malformed;
        var fields = new DocumentFields(utf8, Keys, parts);
        if (!fields.Has("error", "id", "result"))
            return new AcommError.DocumentMalformed("acknowledgement", "has neither error, id nor result", 0);
        var (error, code) = (fields.Text("error"), fields.Text("code"));
        if (error.IsLeft || code.IsLeft)
            return (AcommError.ValueInvalid)(error.IsLeft ? error : code);
        return (string)error is { Length: > 0 } text
            ? new Acknowledgement.Refused(text, Optional((string)code).Filter(name => name.Length > 0))
            : Acknowledgement.Ok;
    }

    /// <summary>Writes a request.</summary>
    public static ReadOnlyMemory<byte> Write(Request request) => Lend(request).ToBytes();

    /// <summary>Writes a response; its stream stands under the key of either Go version.</summary>
    public static ReadOnlyMemory<byte> Write(Response response) => Lend(response).ToBytes();

    /// <summary>Writes a request into borrowed memory.</summary>
    public static BorrowedDocument Lend(Request request)
    {
        var json = new DocumentWriter();
        json.Raw("{\"id\":"u8);
        json.Text(request.Id.Value);
        json.Raw(",\"task\":"u8);
        json.Text(request.Task.Value);
        json.Raw(",\"taskURL\":"u8);
        AddressJson.Write(ref json, request.TaskUrl);
        json.Raw(",\"responseHook\":"u8);
        AddressJson.Write(ref json, request.ResponseHook);
        json.Raw(",\"streamURL\":"u8);
        AddressJson.Write(ref json, request.StreamUrl);
        json.Raw(",\"args\":"u8);
        json.Raw(request.Args.Utf8.Span);
        if (request.Timeout.IsSome)
        {
            json.Raw(",\"timeoutMs\":"u8);
            // Up, so that nobody gives up before the sender does.
            json.Number(Math.Max(1, (long)Math.Ceiling(((TimeSpan)request.Timeout).TotalMilliseconds)));
        }

        WriteTrace(ref json, request.Trace);
        json.Raw("}"u8);
        return json.Done();
    }

    /// <summary>Writes a response into borrowed memory.</summary>
    public static BorrowedDocument Lend(Response response)
    {
        var json = new DocumentWriter();
        json.Raw("{\"id\":"u8);
        json.Text(response.Id.Value);
        json.Raw(",\"result\":"u8);
        json.Raw(response.Outcome is Outcome.Success success ? success.Result.Utf8.Span : "null"u8);
        json.Raw(",\"stream_url\":"u8);
        AddressJson.Write(ref json, response.StreamUrl);
        json.Raw(",\"streamURL\":"u8);
        AddressJson.Write(ref json, response.StreamUrl);
        json.Raw(",\"error\":"u8);
        json.Text(response.Outcome is Outcome.Failure failure ? failure.Text : "");
        WriteTrace(ref json, response.Trace);
        json.Raw("}"u8);
        return json.Done();
    }

    /// <summary>Writes a cancellation.</summary>
    public static ReadOnlyMemory<byte> Write(Cancellation cancellation)
    {
        var json = new DocumentWriter();
        json.Raw("{\"cancel\":"u8);
        json.Text(cancellation.Id.Value);
        json.Raw(",\"responseHook\":"u8);
        AddressJson.Write(ref json, cancellation.ResponseHook);
        json.Raw("}"u8);
        return json.Done().ToBytes();
    }

    /// <summary>Writes an acknowledgement; the name of the error stands under the key <c>code</c>, which Go peers ignore.</summary>
    public static ReadOnlyMemory<byte> Write(Acknowledgement acknowledgement)
    {
        var refused = acknowledgement as Acknowledgement.Refused;
        var json = new DocumentWriter();
        json.Raw("{\"id\":\"\",\"result\":null,\"stream_url\":null,\"streamURL\":null,\"error\":"u8);
        json.Text(TextRules.WellFormed(refused?.Text ?? ""));
        if (refused?.Code.Case is string code)
        {
            json.Raw(",\"code\":"u8);
            json.Text(TextRules.WellFormed(code));
        }

        json.Raw("}"u8);
        return json.Done().ToBytes();
    }

    private static bool IsCancellation(DocumentFields fields) => fields.Has("cancel") && !fields.Has("task");

    private static Either<AcommError, Message> RequestOrCancellation(DocumentFields fields, Limits limits, AddressMemo? hooks)
    {
        if (IsCancellation(fields))
        {
            var cancellation = ToCancellation(fields, limits, hooks);
            return cancellation.Case is Cancellation c ? new Message.OfCancellation(c) : (AcommError)cancellation;
        }

        var request = ToRequest(fields, limits, hooks);
        return request.Case is Request r ? new Message.OfRequest(r) : (AcommError)request;
    }

    private static Either<AcommError, Request> ToRequest(DocumentFields fields, Limits limits, AddressMemo? hooks)
    {
        var problems = default(Problems);
        var request = new Request(
            problems.Take(Id(fields, limits)),
            problems.Take(fields.Text("task", TaskName.Parse)),
            fields.Raw("args"),
            problems.Take(fields.Address("responseHook", hooks)),
            problems.Take(fields.Address("taskURL")),
            problems.Take(fields.Address("streamURL", "stream_url")))
        {
            Timeout = fields.Milliseconds("timeoutMs"),
            Trace = Trace(fields),
        };
        return problems.Or("request", request);
    }

    private static Either<AcommError, Cancellation> ToCancellation(DocumentFields fields, Limits limits, AddressMemo? hooks)
    {
        var problems = default(Problems);
        var id = problems.Take(fields.Text("cancel", limits.IdChars, RequestId.Parse));
        var read = fields.Address("responseHook", hooks);
        var hook = problems.Take(read);
        if (read.IsRight && hook.IsNone)
            problems.Add(new AcommError.ValueInvalid("responseHook", "is missing"));
        return problems.Or("cancellation", new Cancellation(id, hook.IfNoneUnsafe((Address?)null)!));
    }

    private static Option<TraceContext> Trace(DocumentFields fields) =>
        fields.Has("traceparent") ? TraceContext.Parse(fields.TextOrEmpty("traceparent"), fields.TextOrEmpty("tracestate")) : None;

    private static void WriteTrace(ref DocumentWriter json, Option<TraceContext> trace)
    {
        if (trace.IsNone)
            return;
        var context = (TraceContext)trace;
        json.Raw(",\"traceparent\":"u8);
        json.Text(context.Parent);
        if (context.State.Length == 0)
            return;
        json.Raw(",\"tracestate\":"u8);
        json.Text(context.State);
    }

    private static Either<AcommError, Response> ToResponse(DocumentFields fields, Limits limits)
    {
        var problems = default(Problems);
        var result = fields.Raw("result");
        var error = problems.Take(fields.Text("error"));
        if (!string.IsNullOrEmpty(error) && !result.IsNull)
            problems.Add(Response.BothProblem);
        var response = new Response(
            problems.Take(Id(fields, limits)),
            string.IsNullOrEmpty(error) ? new Outcome.Success(result) : new Outcome.Failure(error),
            problems.Take(fields.Address("streamURL", "stream_url")))
        {
            Trace = Trace(fields),
        };
        return problems.Or("response", response);
    }

    private static Either<AcommError.ValueInvalid, RequestId> Id(DocumentFields fields, Limits limits) =>
        fields.Text("id", limits.IdChars, RequestId.Parse);
}
