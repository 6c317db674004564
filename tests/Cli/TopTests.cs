using System.Diagnostics;
using System.Text.Json.Nodes;
using Acomm.Cli.Watching;

namespace Acomm.CliTests;

public sealed class TopTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    // As a peer might name a task: it moves the cursor, is markup, and turns the direction of the text.
    private const string Hostile = "\u001b[2J[red]x[/]\u202e";

    private const string Empty = """
        {
          "version": "1", "name": "", "address": "unix:///n.sock", "phase": "running", "uptimeSeconds": 1,
          "requests": { "outstanding": 0, "oldestSeconds": 0, "byTask": [], "oldest": [] },
          "totals": { "registered": 0, "answered": 0, "timedOut": 0, "cancelled": 0, "rejected": 0, "shutdown": 0 },
          "handlers": { "running": 0, "waiting": 0, "tasks": [] },
          "connections": { "accepted": 0, "kept": 0, "streams": 0 }, "bytes": { "received": 0, "sent": 0 }
        }
        """;

    public static TheoryData<int, string, string> BadReplies => new()
    {
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, "<html>") },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, "") },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, "null") },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, "[]") },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, "{\"\\u001b[2J\":1}") },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, Empty.Replace("[]", "[null]", StringComparison.Ordinal)) },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, Empty.Replace("[]", "null", StringComparison.Ordinal)) },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, Empty.Replace("\"uptimeSeconds\": 1", "\"uptimeSeconds\": \"1\"", StringComparison.Ordinal)) },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, Empty + new string(' ', 4 << 20)) },
        { 5, "StatusUnreadable", RawHttpServer.Reply(200, Empty)[..^100] },
        { 5, "RedirectRefused", RawHttpServer.Reply(302, "", headers: "Location: http://127.0.0.1:1/\r\n") },
        { 5, "HttpStatus", RawHttpServer.Reply(404, Empty) },
        { 5, "HttpStatus", RawHttpServer.Reply(401, "") },
        { 4, "HttpStatus", RawHttpServer.Reply(500, Empty) },
        { 4, "BadAck", "rubbish\r\n\r\n" },
    };

    [Fact]
    public async Task It_shows_open_requests_and_handlers()
    {
        await using var open = Tool.Start("call", node.Http, "sleep", "-a", "ms=600000");
        string[] lines;
        do
            lines = (await Tool.RunAsync("top", node.Http, "--once")).Output.Split('\n');
        while (!lines.Any(line => line.Contains(" sleep ", StringComparison.Ordinal)));

        Assert.Matches($@"^{node.Unix} running, up .+, acomm [0-9.]+$", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("open 1, oldest ", StringComparison.Ordinal));
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, $"^ *[0-9.]+ m?s +[0-9.]+ s  acknowledged  sleep  {node.Unix}  "));
    }

    [Fact]
    public async Task It_prints_a_block_each_time_until_a_signal()
    {
        await using var top = Tool.Start("top", $"{node.Http}/status", "--interval", "0.2");
        for (var block = 0; block < 3; block++)
        {
            Assert.StartsWith(node.Unix, await top.Output.ReadLineAsync().Within(), StringComparison.Ordinal);
            while (await top.Output.ReadLineAsync().Within() is not "")
            {
            }
        }

        top.Terminate();

        Assert.Equal((0, ""), (await top.EndAsync()) is var ended ? (ended.ExitCode, ended.Error) : default);
    }

    [Fact]
    public async Task With_json_each_reply_is_a_line()
    {
        await using var top = Tool.Start("top", node.Http, "--json", "--interval", "0.1");

        for (var line = 0; line < 3; line++)
            Assert.Equal("running", (string?)JsonNode.Parse((await top.Output.ReadLineAsync().Within())!)!["phase"]);
    }

    [Theory]
    [MemberData(nameof(BadReplies))]
    public async Task A_reply_that_is_of_no_use_has_its_exit_code_and_says_so(int exitCode, string name, string reply)
    {
        await using var server = new RawHttpServer(reply);

        var ended = await Tool.RunAsync("top", server.Url);

        Assert.Equal((exitCode, name, ""), (ended.ExitCode, ended.ErrorName, ended.Output));
        Assert.DoesNotContain('\u001b', ended.Error);
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task What_peers_name_cannot_move_the_cursor()
    {
        await using var server = new RawHttpServer(RawHttpServer.Reply(200, WithHostile()));

        var ended = await Tool.RunAsync("top", server.Url, "--once");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("[red]x[/]", ended.Output, StringComparison.Ordinal);
        Assert.All("\u001b\u202e", c => Assert.DoesNotContain(c, ended.Output));
    }

    [Fact]
    public async Task A_reply_on_many_lines_is_one_line_of_json()
    {
        await using var server = new RawHttpServer(RawHttpServer.Reply(200, WithHostile()));

        var ended = await Tool.RunAsync("top", server.Url, "--once", "--json");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(WithHostile()), JsonNode.Parse(ended.Output)));
        Assert.All("\n\u001b\u202e", c => Assert.DoesNotContain(c, ended.Output));
    }

    [Fact]
    public async Task What_fails_later_is_told_and_it_goes_on()
    {
        var asked = 0;
        await using var server = new RawHttpServer(connection => connection.WriteAsync(System.Text.Encoding.UTF8.GetBytes(
            Interlocked.Increment(ref asked) == 2 ? RawHttpServer.Reply(503, "") : RawHttpServer.Reply(200, Empty))).AsTask());
        await using var top = Tool.Start("top", server.Url, "--interval", "0.1");

        Assert.StartsWith("HttpStatus: ", await top.Error.ReadLineAsync().Within(), StringComparison.Ordinal);
        for (var block = 0; block < 2; block++)
        {
            while (await top.Output.ReadLineAsync().Within() is not "")
            {
            }
        }

        top.Terminate();
        Assert.Equal(0, (await top.EndAsync()).ExitCode);
    }

    [Theory]
    [InlineData("q")]
    [InlineData("\u0003")]
    public async Task In_a_terminal_it_shows_what_it_is_told_as_text_until_a_key_ends_it(string key)
    {
        await using var server = new RawHttpServer(RawHttpServer.Reply(200, WithHostile()));
        var start = new ProcessStartInfo("script", ["-qefc", $"stty cols 120 rows 40; exec dotnet '{Tool.Path}' top {server.Url}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm", ["SHELL"] = "/bin/sh" },
        };
        using var terminal = Process.Start(start)!;
        var shown = await UntilAsync(terminal.StandardOutput, "q ends this");

        await terminal.StandardInput.WriteAsync(key);
        await terminal.StandardInput.FlushAsync();
        var rest = await terminal.StandardOutput.ReadToEndAsync().Within();
        await terminal.WaitForExitAsync().Within();

        Assert.Equal(0, terminal.ExitCode);
        Assert.Contains("[red]x[/]", shown, StringComparison.Ordinal);
        Assert.All(["\u001b[2J", "\u202e"], text => Assert.DoesNotContain(text, shown + rest, StringComparison.Ordinal));
    }

    [Fact]
    public void Rates_are_what_happened_between_two_samples_in_a_second()
    {
        var before = NodeSample.Parse(System.Text.Encoding.UTF8.GetBytes(Empty));
        var after = before with
        {
            UptimeSeconds = 3,
            Totals = before.Totals with { Registered = 10, Answered = 5, TimedOut = 1, Rejected = 2 },
            Bytes = new NodeSample.OfBytes(200, 100),
        };

        Assert.Equal(new Rates(5, 2.5, 1.5, 100, 50), Rates.Between(before, after));
    }

    [Fact]
    public void There_are_no_rates_between_samples_of_one_moment_or_two_lives_or_two_nodes()
    {
        var sample = NodeSample.Parse(System.Text.Encoding.UTF8.GetBytes(Empty)) with { UptimeSeconds = 10, Bytes = new NodeSample.OfBytes(5, 5) };

        Assert.Null(Rates.Between(sample, sample));
        Assert.Null(Rates.Between(sample, sample with { UptimeSeconds = 9 }));
        Assert.Null(Rates.Between(sample, sample with { UptimeSeconds = 20, Bytes = new NodeSample.OfBytes(4, 5) }));
        Assert.Null(Rates.Between(sample, sample with { UptimeSeconds = 20, Address = "unix:///other.sock" }));
        Assert.Null(Rates.Between(sample, sample with { UptimeSeconds = 20, Name = "other" }));
    }

    [Fact]
    public void The_same_report_twice_keeps_the_rates()
    {
        var first = NodeSample.Parse(System.Text.Encoding.UTF8.GetBytes(Empty));
        var second = first with { UptimeSeconds = 2, Totals = first.Totals with { Answered = 7 } };

        var watch = new Watch(new StatusReply([], first), null, null).Then(new StatusReply([], second)).Then(new StatusReply([], second));

        Assert.Equal(7, watch.Rates!.Answered);
        Assert.Null(watch.Without("gone").Rates);
    }

    private static string WithHostile()
    {
        var status = JsonNode.Parse(Empty)!;
        status["requests"]!["byTask"]!.AsArray().Add(new JsonObject { ["task"] = Hostile, ["outstanding"] = 1, ["oldestSeconds"] = 1e300 });
        status["requests"]!["oldest"]!.AsArray().Add(new JsonObject
        {
            ["id"] = Hostile,
            ["task"] = Hostile,
            ["to"] = Hostile,
            ["state"] = Hostile,
            ["ageSeconds"] = -1e300,
            ["leftSeconds"] = 0,
        });
        status["address"] = Hostile;
        return status.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
    }

    private static async Task<string> UntilAsync(StreamReader output, string text)
    {
        var (read, buffer) = ("", new char[4096]);
        while (!read.Contains(text, StringComparison.Ordinal))
        {
            var count = await output.ReadAsync(buffer).Within();
            Assert.True(count > 0, $"it ended with: {read}");
            read += new string(buffer, 0, count);
        }

        return read;
    }
}
