using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Programs;

/// <summary>A program as the handler of a task.</summary>
/// <param name="program">The program, run once for each request.</param>
/// <param name="limit">How long it may take, if there is a limit.</param>
/// <param name="errors">Takes its standard error.</param>
internal sealed class ProgramTask(ProgramLine program, TimeSpan? limit, Stream errors)
{
    // The system's limit for one variable is 128 KiB.
    private const int VariableLimitBytes = 100_000;
    private const int ToldLines = 3;
    private static readonly PayloadCodec Text = new(new JsonSerializerOptions(JsonSerializerOptions.Default) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>
    /// Its standard input is the request's stream, or the args where there is none; its standard output is the result; an
    /// exit code other than 0 is a failure that tells the last lines of its standard error.
    /// </summary>
    public async Task<Answer<RawJson>> HandleAsync(RawJson args, CallContext call, CancellationToken cancel)
    {
        if (call.Stream.IsSome && args.Utf8.Length > VariableLimitBytes)
            return Answer.Fail($"args beside a stream have {args.Utf8.Length} bytes, the limit is {VariableLimitBytes}");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (limit is { } longest)
            over.CancelAfter(longest);
        try
        {
            return AnswerOf(await ProgramRun.RunAsync(program, Environment(args, call), (to, ended) => WriteAsync(args, call, to, ended), errors, over.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Answer.Fail($"{Name} was ended after {limit?.TotalSeconds:0.###} s");
        }
        catch (AcommException e)
        {
            return Answer.Fail($"{Name} was ended: {e.Error.Message}");
        }
        catch (IOException e)
        {
            return Answer.Fail($"{Name} could not be run: {e.Message}");
        }
    }

    private string Name => Path.GetFileName(program.File);

    private static Dictionary<string, string> Environment(RawJson args, CallContext call)
    {
        var variables = new Dictionary<string, string>
        {
            ["ACOMM_TASK"] = call.Task.Value,
            ["ACOMM_ID"] = call.Id.Value,
            ["ACOMM_CALLER"] = call.Caller.ToString(),
        };
        if (call.Stream.IsSome)
            variables.Add("ACOMM_ARGS", args.ToString());
        return variables;
    }

    private static async Task WriteAsync(RawJson args, CallContext call, Stream to, CancellationToken cancel)
    {
        if (call.Stream.IsNone)
            await to.WriteAsync(args.Utf8, cancel);
        else
            await call.CopyStreamToAsync(to, cancel).OrThrowAsync();
    }

    private Answer<RawJson> AnswerOf(ProgramEnd end)
    {
        if (end.ExitCode == 0)
            return ResultOf(end.Output);
        var said = Encoding.UTF8.GetString(end.Errors.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Answer.Fail(string.Join(": ", [$"{Name} exited with {end.ExitCode}", .. said.Length == 0 ? [] : new[] { string.Join("; ", said.TakeLast(ToldLines)) }]));
    }

    /// <summary>JSON as it is, nothing as null, and other text as a JSON string without the end of its last line.</summary>
    internal static RawJson ResultOf(ReadOnlyMemory<byte> output)
    {
        if (RawJson.Parse(output).Case is RawJson json)
            return json;
        var text = Encoding.UTF8.GetString(output.Span);
        return text.Length == 0 ? RawJson.Null : Text.Write(text.EndsWith('\n') ? text[..^1] : text).OrThrow();
    }
}
