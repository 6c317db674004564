using System.Text;
using System.Text.Json;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Fuzzing;

/// <summary>Documents: what is taken keeps its payload to the byte, is within the limits, and reads the same once it was written.</summary>
internal static class DocumentTarget
{
    private static readonly Limits Limits = Limits.Default;

    public static void Check(byte[] input)
    {
        var request = Expect.Told(Document.ReadRequest(input, Limits));
        var response = Expect.Told(Document.ReadResponse(input, Limits));
        var message = Expect.Told(Document.ReadMessage(input, Limits));
        var acknowledgement = Expect.Told(Document.ReadAcknowledgement(input, Limits));
        Expect.Told(RawJson.Parse(input)).IfRight(raw => CheckNesting(raw.Utf8.Span, Limits.Depth - 1));

        request.IfRight(r =>
        {
            CheckDocument(input, r.Id, "args", r.Args);
            Expect.Same(r, Expect.Value(Document.ReadRequest(Document.Write(r), Limits), "a request"), "a request that was written");
            Expect.Same<Message>(new Message.OfRequest(r), Expect.Value(message, "the message"), "the message of a request");
        });
        response.IfRight(r =>
        {
            CheckDocument(input, r.Id, "result", r.Outcome is Outcome.Success success ? success.Result : RawJson.Null);
            Expect.Same(r, Expect.Value(Document.ReadResponse(Document.Write(r), Limits), "a response"), "a response that was written");
        });
        message.IfRight(m => CheckKind(m, request, response));
        acknowledgement.IfRight(a => Expect.Same(a, Expect.Value(Document.ReadAcknowledgement(Document.Write(a), Limits), "an acknowledgement"), "an acknowledgement that was written"));
    }

    private static void CheckKind(Message message, Either<AcommError, Request> request, Either<AcommError, Response> response)
    {
        if (message is Message.OfRequest(var asRequest))
            Expect.Same(Expect.Value(request, "the message, as a request,"), asRequest, "the message");
        else if (message is Message.OfResponse(var asResponse))
            Expect.Same(Expect.Value(response, "the message, as a response,"), asResponse, "the message");
    }

    private static void CheckDocument(byte[] input, RequestId id, string name, RawJson payload)
    {
        CheckNesting(input, Limits.Depth);
        Expect.That(id.Value.Length is > 0 and <= Limits.DefaultIdChars, "an id of no or too many characters");
        using var document = JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = Limits.Depth });
        var sent = document.RootElement.EnumerateObject().Where(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        Expect.That(sent.Length <= 1, "a key that comes twice");
        Expect.Same(sent.Length == 0 ? "null" : sent[0].Value.GetRawText(), Encoding.UTF8.GetString(payload.Utf8.Span), "the payload");
    }

    // Counted without a JSON reader; the bytes are known to be JSON.
    private static void CheckNesting(ReadOnlySpan<byte> json, int limit)
    {
        var (depth, inText) = (0, false);
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"')
                inText = !inText;
            else if (inText)
                i += json[i] == '\\' ? 1 : 0;
            else if (json[i] is (byte)'{' or (byte)'[')
                depth++;
            else if (json[i] is (byte)'}' or (byte)']')
                depth--;
            Expect.That(depth <= limit, "more depth than the limit");
        }

        Expect.Same(0, depth, "the depth at the end");
    }
}
