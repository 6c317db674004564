namespace Acomm.CliTests;

/// <summary>Every way to fail has its exit code and a line on standard error, and says nothing on standard output.</summary>
public sealed class ExitCodeTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    public static TheoryData<int, string, string[]> Calls => new()
    {
        { 1, "TaskFailed", ["call", "{unix}", "fail", "-a", "message=oh"] },
        { 1, "TaskFailed", ["call", "{http}", "throw"] },
        { 1, "TaskFailed", ["call", "{unix}", "sleep", "-a", "ms=soon"] },
        { 2, "Usage", [] },
        { 2, "Usage", ["cal"] },
        { 2, "Usage", ["call"] },
        { 2, "Usage", ["call", "{unix}"] },
        { 2, "Usage", ["call", "{unix}", "echo", "more"] },
        { 2, "Usage", ["call", "{unix}", "echo", "--colour"] },
        { 2, "Usage", ["call", "{unix}", "echo", "-a", "x"] },
        { 2, "Usage", ["call", "{unix}", "echo", "-a", "=x"] },
        { 2, "Usage", ["call", "{unix}", "echo", "-a", "x=1", "-a", "x=2"] },
        { 2, "Usage", ["call", "{unix}", "echo", "-a", "x=1", "--json", "-"] },
        { 2, "Usage", ["call", "{unix}", "echo", "--stream", "-", "--json", "-"] },
        { 2, "Usage", ["call", "{unix}", "echo", "--timeout", "soon"] },
        { 2, "Usage", ["call", "{unix}", "echo", "--timeout", "0"] },
        { 2, "Usage", ["call", "{unix}", "echo", "--timeout", "1e300"] },
        { 2, "Usage", ["call", "http://node.example/", "echo"] },
        { 2, "Usage", ["call", "{http}", "echo", "--listen-http", "http://node.example:1"] },
        { 2, "Usage", ["call", "{http}", "echo", "--listen-http", "http://127.0.0.1:0/path"] },
        { 2, "AddressMalformed", ["call", "/tmp/node.sock", "echo"] },
        { 2, "SchemeUnknown", ["call", "tcp://127.0.0.1:1", "echo"] },
        { 2, "AddressUnusable", ["call", "unix://tmp/node.sock", "echo"] },
        { 2, "AddressMalformed", ["call", "@response-file", "echo"] },
        { 2, "ValueInvalid", ["call", "{unix}", ""] },
        { 2, "DocumentMalformed", ["call", "{unix}", "echo", "--json", "{rubbish}"] },
        { 2, "Usage", ["call", "{unix}", "echo", "--json", "/dev/zero"] },
        { 3, "PeerUnreachable", ["call", "{nobody}", "echo"] },
        { 3, "PeerUnreachable", ["call", "http://127.0.0.1:1/", "echo"] },
        { 3, "DnsFailed", ["call", "http://node.invalid/", "echo", "--listen-http", "http://127.0.0.1:0"] },
        { 3, "PeerUnreachable", ["ping", "{nobody}"] },
        { 4, "TimedOut", ["call", "{unix}", "sleep", "-a", "ms=600000", "--timeout", "0.2"] },
        { 5, "Rejected", ["call", "{unix}", "no-such-task"] },
        { 5, "Rejected", ["ping", "{http}", "no-such-task"] },
        { 6, "FileUnusable", ["call", "{unix}", "echo", "--stream", "/tmp/no-such-file"] },
        { 6, "FileUnusable", ["call", "{unix}", "blob", "-a", "bytes=1", "--out", "/no/such/directory"] },
        { 6, "FileUnusable", ["call", "{unix}", "blob", "-a", "bytes=1", "--out", "/tmp"] },
        { 2, "Usage", ["ping", "{unix}", "--count", "0"] },
        { 2, "Usage", ["ping", "{unix}", "--concurrency", "-1"] },
        { 2, "Usage", ["listen", "--http", "https://127.0.0.1:0"] },
        { 2, "DocumentMalformed", ["listen", "--answer", "ok"] },
        { 2, "PathTooLong", ["listen", "--socket", "/tmp/" + "long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long-long" ] },
        { 6, "AddressInUse", ["listen", "--socket", "{path}"] },
        { 2, "Usage", ["serve", "x"] },
        { 2, "Usage", ["serve", "x", "--exec", "no-such-program"] },
        { 2, "Usage", ["serve", "x", "--exec", "{rubbish}"] },
        { 2, "Usage", ["serve", "x", "--exec", ""] },
        { 2, "ValueInvalid", ["serve", "no plain name", "--exec", "cat"] },
        { 6, "AddressInUse", ["serve", "x", "--exec", "cat", "--socket", "{path}"] },
        { 2, "Usage", ["completion", "fish"] },
        { 2, "Usage", ["top"] },
        { 2, "Usage", ["top", "{http}", "--interval", "0"] },
        { 2, "AddressUnusable", ["top", "{unix}"] },
        { 2, "AddressMalformed", ["top", "127.0.0.1"] },
        { 3, "PeerUnreachable", ["top", "http://127.0.0.1:1/status"] },
        { 3, "DnsFailed", ["top", "http://node.invalid/"] },
        { 5, "HttpStatus", ["top", "{http}/no-such-path"] },
        { 5, "StatusUnreadable", ["top", "{http}/health", "--once"] },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_failure_has_its_exit_code_and_names_itself(int exitCode, string name, string[] arguments)
    {
        await File.WriteAllTextAsync(node.At("rubbish"), "{\"a\":");

        var ended = await Tool.RunAsync([.. arguments.Select(Filled)]);

        Assert.Equal((exitCode, ""), (ended.ExitCode, ended.Output));
        Assert.StartsWith($"{name}: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Acomm.", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--json", "/tmp/no-such-file", "there is no such file")]
    [InlineData("--json", "/tmp", "it is a directory")]
    [InlineData("--json", "", "there is no such file")]
    [InlineData("--stream", "/tmp/no-such-file", "there is no such file")]
    [InlineData("--out", "/no/such/directory", "there is no such directory")]
    [InlineData("--out", "/tmp", "it is a directory")]
    public async Task A_file_that_cannot_be_used_is_told_with_its_option_and_the_reason(string option, string file, string reason)
    {
        var ended = await Tool.RunAsync("call", node.Unix, "echo", option, file);

        Assert.Equal((6, $"FileUnusable: {option} '{file}': {reason}\n"), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task A_file_that_takes_nothing_is_told_with_its_option()
    {
        var ended = await Tool.RunAsync("call", node.Unix, "blob", "-a", "bytes=1", "--out", "/dev/full");

        Assert.Equal((6, "FileUnusable"), (ended.ExitCode, ended.ErrorName));
        Assert.Contains("FileUnusable: --out '/dev/full': ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Args_of_more_than_the_limit_are_told_with_the_limit()
    {
        var ended = await Tool.RunAsync("call", node.Unix, "echo", "--json", "/dev/zero");

        Assert.Equal((2, "Usage: --json '/dev/zero': more than the 1048576 bytes that a message may have\n"), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task An_argument_cannot_move_the_cursor_of_the_terminal()
    {
        var ended = await Tool.RunAsync("call", "unix:///tmp/\u001b[2Jx", "echo");

        Assert.Equal(2, ended.ExitCode);
        Assert.DoesNotContain('\u001b', ended.Error);
    }

    private string Filled(string argument) => argument
        .Replace("{unix}", node.Unix, StringComparison.Ordinal)
        .Replace("{path}", node.At("node.sock"), StringComparison.Ordinal)
        .Replace("{http}", node.Http, StringComparison.Ordinal)
        .Replace("{nobody}", node.Nobody, StringComparison.Ordinal)
        .Replace("{rubbish}", node.At("rubbish"), StringComparison.Ordinal);
}
