using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Acomm.Domain;
using Microsoft.Win32.SafeHandles;

namespace Acomm.Cli.Terminal;

/// <summary>Standard output.</summary>
internal static class Output
{
    private const int StandardOutput = 1;

    // What could move the cursor of a terminal is escaped.
    private static readonly JsonWriterOptions ForPeople = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>
    /// Standard output as bytes. The console's own stream takes what nobody reads any more for written; that of a pipe
    /// fails, and so its writer can end. A file must be the console's: others may write to it at its shared end.
    /// </summary>
    public static Stream Open()
    {
        var pipe = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }

    /// <summary>Writes JSON and the end of its line: as it is to a file or pipe, indented to a terminal.</summary>
    public static Task WriteJsonAsync(RawJson json) => WriteAsync(Console.IsOutputRedirected ? json.Utf8 : Written(json, ForPeople));

    /// <summary>Writes JSON on one line, whatever lines it had, and in ASCII.</summary>
    public static Task WriteLineAsync(RawJson json) => WriteAsync(Written(json, default));

    /// <summary>Writes a line of text.</summary>
    public static Task WriteAsync(string line) => WriteAsync(Encoding.UTF8.GetBytes(line));

    /// <summary>Writes bytes and an end of line; <see cref="ReaderGoneException"/> where nobody reads them.</summary>
    public static async Task WriteAsync(ReadOnlyMemory<byte> line)
    {
        try
        {
            await using var output = Open();
            await output.WriteAsync((byte[])[.. line.Span, (byte)'\n']);
        }
        catch (IOException)
        {
            throw new ReaderGoneException();
        }
    }

    private static ReadOnlyMemory<byte> Written(RawJson json, JsonWriterOptions options)
    {
        using var document = JsonDocument.Parse(json.Utf8);
        var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, options))
            document.WriteTo(writer);
        return written.ToArray();
    }
}
