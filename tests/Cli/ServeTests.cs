using System.Diagnostics;

namespace Acomm.CliTests;

public sealed class ServeTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("cat", "{\"n\":1}", "{\"n\":1}")]
    [InlineData("tr -d '\"{}'", "{\"n\":1}", "\"n:1\"")]
    [InlineData("printf 'two\\nlines\\n\\n'", "null", "\"two\\nlines\\n\"")]
    [InlineData("true", "{\"n\":1}", "null")]
    [InlineData("echo \\\" \\$HOME", "1", "\"\\\" $HOME\"")]
    [InlineData("echo $ACOMM_TASK", "1", "\"run\"")]
    public async Task Args_go_in_and_what_comes_out_is_the_result(string script, string args, string result)
    {
        await using var served = await ServeAsync(script);

        var ended = await Tool.RunWithAsync(System.Text.Encoding.UTF8.GetBytes(args), "call", served.Addresses[0], "run", "--json", "-");

        Assert.Equal((0, result), (ended.ExitCode, ended.Output));
    }

    [Fact]
    public async Task A_stream_goes_in_and_the_args_are_in_the_environment()
    {
        await using var served = await ServeAsync("echo \"$ACOMM_ARGS\"; cat", "--http", "http://127.0.0.1:0");

        foreach (var address in served.Addresses)
        {
            var ended = await Tool.RunWithAsync("streamed"u8.ToArray(), "call", address, "run", "-a", "n=1", "--stream", "-", "-q");
            Assert.Equal((0, "\"{\\\"n\\\":1}\\nstreamed\""), (ended.ExitCode, ended.Output));
        }

        Assert.Equal(2, served.Addresses.Count);
    }

    [Theory]
    [InlineData("exit 3", "TaskFailed: sh exited with 3\n")]
    [InlineData("for i in 1 2 3 4; do echo line $i >&2; done; exit 1", "TaskFailed: sh exited with 1: line 2; line 3; line 4\n")]
    [InlineData("kill -KILL $$", "TaskFailed: sh exited with 137\n")]
    [InlineData("exec yes", "TaskFailed: sh was ended: its output has more than 1048576 bytes, the limit\n")]
    public async Task A_program_that_fails_is_a_task_that_failed(string script, string error)
    {
        await using var served = await ServeAsync(script);

        var ended = await Tool.RunAsync("call", served.Addresses[0], "run");

        Assert.Equal((1, "", error), (ended.ExitCode, ended.Output, ended.Error));
    }

    [Fact]
    public async Task A_program_need_not_read_what_it_is_given()
    {
        await using var served = await ServeAsync("echo done");

        var ended = await Tool.RunWithAsync(new byte[3_000_000], "call", served.Addresses[0], "run", "--stream", "-", "-q");

        Assert.Equal((0, "\"done\""), (ended.ExitCode, ended.Output));
    }

    [Fact]
    public async Task Arguments_go_to_the_program_as_they_are()
    {
        await using var served = await Tool.ServeAsync("run", "--socket", directory.At("s.sock"), "--exec", "printf", "--", "%s|", "$HOME", "a b", "--quiet", ";id", "");

        Assert.Equal("\"$HOME|a b|--quiet|;id||\"", (await Tool.RunAsync("call", served.Addresses[0], "run")).Output);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_ended_with_what_it_started()
    {
        await using var served = await ServeAsync("sleep 600 & echo $! >&2; wait", "--timeout", "1");

        var ended = await Tool.RunAsync("call", served.Addresses[0], "run");

        Assert.Equal((1, "TaskFailed: sh was ended after 1 s\n"), (ended.ExitCode, ended.Error));
        await AssertEndsAsync(int.Parse((await served.Error.ReadLineAsync().Within())!, null));
    }

    [Fact]
    public async Task A_program_whose_stream_breaks_off_is_ended()
    {
        await using var served = await ServeAsync("echo $$ >&2; exec sleep 600");
        await using var caller = Tool.Start("call", served.Addresses[0], "run", "--stream", "-");
        await caller.Input.WriteAsync("begun");
        await caller.Input.FlushAsync();
        var program = int.Parse((await served.Error.ReadLineAsync().Within())!, null);

        caller.Terminate();

        await AssertEndsAsync(program);
        Assert.Equal(143, (await caller.ExitAsync()).ExitCode);
    }

    [Fact]
    public async Task A_file_that_the_system_cannot_run_is_a_task_that_failed()
    {
        await File.WriteAllTextAsync(directory.At("program"), "rubbish");
        File.SetUnixFileMode(directory.At("program"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var served = await Tool.ServeAsync("run", "--socket", directory.At("s.sock"), "--exec", directory.At("program"));

        var ended = await Tool.RunAsync("call", served.Addresses[0], "run");

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("TaskFailed: program could not be run: ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_programs_at_the_limit_of_its_drain_and_removes_the_socket()
    {
        await using var served = await ServeAsync("echo $$ >&2; exec sleep 600", "--drain", "0.1");
        await using var caller = Tool.Start("call", served.Addresses[0], "run");
        var program = int.Parse((await served.Error.ReadLineAsync().Within())!, null);

        served.Terminate();
        var ended = await served.EndAsync();

        Assert.Equal(0, ended.ExitCode);
        await AssertEndsAsync(program);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task No_more_programs_run_at_a_time_than_are_allowed()
    {
        var held = directory.At("held");
        await using var served = await ServeAsync($"mkdir {held} || exit 1; sleep 0.3; rmdir {held}", "--concurrency", "1");

        var ended = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Tool.RunAsync("call", served.Addresses[0], "run")));

        Assert.All(ended, e => Assert.Equal((0, ""), (e.ExitCode, e.Error)));
    }

    private Task<Tool> ServeAsync(string script, params string[] options) =>
        Tool.ServeAsync(["run", "--socket", directory.At("s.sock"), "--exec", "sh", .. options, "--", "-c", script]);

    // A process that was killed may have to wait until somebody asks for its exit code.
    private static Task AssertEndsAsync(int id) => Task.Run(() =>
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // It is gone.
        }
    }).Within();
}
