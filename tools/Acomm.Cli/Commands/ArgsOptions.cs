using System.Buffers;
using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Acomm.Cli.Terminal;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Commands;

/// <summary>The args of a call: pairs, or JSON from a file.</summary>
internal sealed class ArgsOptions
{
    private readonly Option<string[]> pairs = new("--arg", "-a")
    {
        Description = "One member of the args object; may be given several times. The value is JSON if it can be read as JSON (3, true, null, [1,2], '\"3\"'), else text.",
        HelpName = "KEY=VALUE",
    };

    private readonly Option<string?> json = new("--json") { Description = "The args as JSON, from a file or, with -, from standard input.", HelpName = "FILE|-" };

    public void AddTo(Command command)
    {
        command.Add(pairs);
        command.Add(json);
    }

    /// <summary>Whether standard input is read for them.</summary>
    public bool TakeInput(ParseResult parsed) => parsed.GetValue(json) == Input.Standard;

    /// <summary>The args; null where there are none.</summary>
    public async Task<RawJson> ReadAsync(ParseResult parsed, CancellationToken cancel)
    {
        var given = parsed.GetValue(pairs) ?? [];
        if (parsed.GetValue(json) is not { } file)
            return given.Length == 0 ? RawJson.Null : ObjectOf(given);
        if (given.Length > 0)
            throw new UsageException("--arg and --json cannot be used together");
        var limitBytes = Limits.Default.FrameBytes;
        return await Input.ReadAllAsync(json.Name, file, limitBytes, cancel) is { } read
            ? RawJson.Parse(read).OrThrow()
            : throw new UsageException($"{json.Name} '{Shown.Text(file)}': more than the {limitBytes} bytes that a message may have");
    }

    /// <summary>The object of pairs, each <c>key=value</c>.</summary>
    public static RawJson ObjectOf(IEnumerable<string> pairs)
    {
        var written = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var keys = new HashSet<string>(StringComparer.Ordinal);
            writer.WriteStartObject();
            foreach (var pair in pairs)
            {
                var at = pair.IndexOf('=');
                if (at < 1)
                    throw new UsageException($"--arg: '{Shown.Text(pair)}' is not of the form KEY=VALUE");
                if (!keys.Add(pair[..at]))
                    throw new UsageException($"--arg: '{Shown.Text(pair[..at])}' is there twice");
                writer.WritePropertyName(pair[..at]);
                Write(writer, pair[(at + 1)..]);
            }

            writer.WriteEndObject();
        }

        return RawJson.Parse(written.WrittenMemory).OrThrow();
    }

    private static void Write(Utf8JsonWriter writer, string value)
    {
        if (RawJson.Parse(value).Case is RawJson raw)
            writer.WriteRawValue(raw.Utf8.Span, skipInputValidation: true);
        else
            writer.WriteStringValue(value);
    }
}
