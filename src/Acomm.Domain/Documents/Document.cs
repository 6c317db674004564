using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>What arrives on a socket: a request or a response.</summary>
public abstract record Message
{
    private Message() { }

    /// <summary>A request.</summary>
    public sealed record OfRequest(Request Request) : Message;

    /// <summary>A response.</summary>
    public sealed record OfResponse(Response Response) : Message;
}

/// <summary>
/// Documents as bytes. Both key styles of the Go peers are read, in any case, with addresses as objects or text, and
/// unknown keys are ignored; what is written is read by both Go versions. Nothing throws.
/// </summary>
public static class Document
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Reads a request or a response, whichever it is: one with a task, args, hook or task URL is a request.</summary>
    public static Either<AcommError, Message> ReadMessage(ReadOnlyMemory<byte> utf8, Limits limits) =>
        Fields("document", utf8, limits).Bind(fields => fields.Has("task", "args", "responseHook", "taskURL")
            ? ToRequest(fields, limits).Map(r => (Message)new Message.OfRequest(r))
            : ToResponse(fields, limits).Map(r => (Message)new Message.OfResponse(r)));

    /// <summary>Reads a request; <see cref="AcommError.DocumentMalformed"/> or <see cref="AcommError.DocumentInvalid"/>, which lists every problem.</summary>
    public static Either<AcommError, Request> ReadRequest(ReadOnlyMemory<byte> utf8, Limits limits) =>
        Fields("request", utf8, limits).Bind(fields => ToRequest(fields, limits));

    /// <summary>Reads a response; errors as of <see cref="ReadRequest"/>.</summary>
    public static Either<AcommError, Response> ReadResponse(ReadOnlyMemory<byte> utf8, Limits limits) =>
        Fields("response", utf8, limits).Bind(fields => ToResponse(fields, limits));

    /// <summary>Reads an acknowledgement: a response document of which only the error counts.</summary>
    public static Either<AcommError, Acknowledgement> ReadAcknowledgement(ReadOnlyMemory<byte> utf8, Limits limits) =>
        from fields in Fields("acknowledgement", utf8, limits)
        from known in fields.Has("error", "id", "result") ? Right<AcommError, Unit>(unit) : new AcommError.DocumentMalformed("acknowledgement", "has neither error, id nor result", 0)
        from error in fields.Text("error").MapLeft(problem => (AcommError)problem)
        from code in fields.Text("code").MapLeft(problem => (AcommError)problem)
        select error.Length == 0
            ? Acknowledgement.Ok
            : new Acknowledgement.Refused(error, code.Length == 0 ? None : Some(code));

    /// <summary>Writes a request.</summary>
    public static ReadOnlyMemory<byte> Write(Request request) => Write(writer =>
    {
        writer.WriteString("id", request.Id.Value);
        writer.WriteString("task", request.Task.Value);
        WriteAddress(writer, "taskURL", request.TaskUrl);
        WriteAddress(writer, "responseHook", request.ResponseHook);
        WriteAddress(writer, "streamURL", request.StreamUrl);
        WriteRaw(writer, "args", request.Args);
    });

    /// <summary>Writes a response; its stream stands under the key of either Go version.</summary>
    public static ReadOnlyMemory<byte> Write(Response response) => Write(writer =>
    {
        writer.WriteString("id", response.Id.Value);
        WriteRaw(writer, "result", response.Outcome is Outcome.Success success ? success.Result : RawJson.Null);
        WriteAddress(writer, "stream_url", response.StreamUrl);
        WriteAddress(writer, "streamURL", response.StreamUrl);
        writer.WriteString("error", response.Outcome is Outcome.Failure failure ? failure.Text : "");
    });

    /// <summary>Writes an acknowledgement; the name of the error stands under the key <c>code</c>, which Go peers ignore.</summary>
    public static ReadOnlyMemory<byte> Write(Acknowledgement acknowledgement) => Write(writer =>
    {
        writer.WriteString("id", "");
        writer.WriteNull("result");
        writer.WriteNull("stream_url");
        writer.WriteNull("streamURL");
        var refused = acknowledgement as Acknowledgement.Refused;
        writer.WriteString("error", TextRules.WellFormed(refused?.Text ?? ""));
        refused?.Code.IfSome(code => writer.WriteString("code", TextRules.WellFormed(code)));
    });

    private static Either<AcommError, DocumentFields> Fields(string document, ReadOnlyMemory<byte> utf8, Limits limits) =>
        JsonScanner.Object(document, utf8, limits.Depth).Map(members => new DocumentFields(members));

    private static Either<AcommError, Request> ToRequest(DocumentFields fields, Limits limits)
    {
        var problems = new Problems();
        var request = new Request(
            problems.Take(fields.Text("id", id => RequestId.Parse(id, limits.IdChars))),
            problems.Take(fields.Text("task", TaskName.Parse)),
            fields.Raw("args"),
            problems.Take(fields.Address("responseHook")),
            problems.Take(fields.Address("taskURL")),
            problems.Take(fields.Address("streamURL", "stream_url")));
        return problems.Or("request", request);
    }

    private static Either<AcommError, Response> ToResponse(DocumentFields fields, Limits limits)
    {
        var problems = new Problems();
        var result = fields.Raw("result");
        var error = problems.Take(fields.Text("error"));
        if (!string.IsNullOrEmpty(error) && !result.IsNull)
            problems.Add(Response.BothProblem);
        var response = new Response(
            problems.Take(fields.Text("id", id => RequestId.Parse(id, limits.IdChars))),
            string.IsNullOrEmpty(error) ? new Outcome.Success(result) : new Outcome.Failure(error),
            problems.Take(fields.Address("streamURL", "stream_url")));
        return problems.Or("response", response);
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        body(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteRaw(Utf8JsonWriter writer, string name, RawJson value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }

    private static void WriteAddress(Utf8JsonWriter writer, string name, Option<Address> address)
    {
        writer.WritePropertyName(name);
        address.Match(Some: a => AddressJson.Write(writer, a), None: writer.WriteNullValue);
    }
}
