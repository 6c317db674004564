using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Cli.Nodes;

/// <summary>The line of JSON that a document is printed as.</summary>
internal static class ListenedLine
{
    private const int ShownLimitChars = 4_096;
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>When, from whom and where it came, what is wrong with it, and the document itself.</summary>
    public static RawJson Of(Either<AcommError, ReadOnlyMemory<byte>> document, PeerIdentity from, string path, Either<AcommError, Message> message)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("at", DateTimeOffset.UtcNow);
            writer.WriteString("from", from.ToString());
            writer.WriteString("on", path);
            message.IfLeft(error => writer.WriteString("error", error.ToString()));
            document.IfRight(bytes => Write(writer, bytes));
            writer.WriteEndObject();
        }

        return RawJson.Parse(written.WrittenMemory).IfLeft(RawJson.Null);
    }

    // On one line and in one spelling, so that each line is a document. What is no JSON is shown as text.
    private static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> bytes)
    {
        if (RawJson.Parse(bytes).IsLeft)
        {
            var text = Encoding.UTF8.GetString(bytes.Span);
            writer.WriteString("text", text.Length > ShownLimitChars ? text[..ShownLimitChars] + "…" : text);
            return;
        }

        using var parsed = JsonDocument.Parse(bytes);
        writer.WritePropertyName("document");
        parsed.RootElement.WriteTo(writer);
    }
}
