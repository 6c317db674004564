using System.Diagnostics;

namespace Acomm.CliTests;

public sealed class CompletionTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
    private const string Command = "$(touch ran)";

    private readonly TempDirectory directory = new();

    private string Sockets => directory.At("acomm");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Bash_completes_commands_options_and_addresses()
    {
        await InstallAsync($"exec dotnet '{Tool.Path}' \"$@\"");

        Assert.Equal("call", await CompletedAsync("acomm ca"));
        Assert.Equal("top", await CompletedAsync("acomm to"));
        Assert.Equal("--once", await CompletedAsync("acomm top --on"));
        Assert.Equal("--json", await CompletedAsync("acomm call --js"));
        Assert.Equal("unix://", await CompletedAsync("acomm ping un"));
        Assert.Equal("//", await CompletedAsync("acomm ping unix:"));
    }

    [Fact]
    public async Task Bash_takes_what_is_suggested_as_it_is()
    {
        await InstallAsync($"[ $1 = completion ] && exec dotnet '{Tool.Path}' \"$@\"; printf '%s\\n' 'a{Command}' 'a `touch ran` *' 'b'");

        Assert.Equal($"a{Command}\na `touch ran` *", await CompletedAsync("acomm a"));
        Assert.False(File.Exists(directory.At("ran")));
    }

    [Fact]
    public async Task Sockets_with_plain_names_are_suggested()
    {
        await ServedAsync(Own);

        Assert.Equal([$"unix://{Sockets}/plain-1_2.3.sock"], await SuggestedSocketsAsync());
    }

    [Fact]
    public async Task No_socket_is_suggested_from_a_directory_that_others_can_write_in()
    {
        await ServedAsync(Everybody);

        Assert.Empty(await SuggestedSocketsAsync());
    }

    [Fact]
    public async Task No_socket_is_suggested_from_behind_a_link()
    {
        await ServedAsync(Own);
        Directory.Move(Sockets, directory.At("elsewhere"));
        Directory.CreateSymbolicLink(Sockets, directory.At("elsewhere"));

        Assert.Empty(await SuggestedSocketsAsync());
    }

    [Fact]
    public async Task A_directory_that_is_missing_is_not_made()
    {
        Assert.Empty(await SuggestedSocketsAsync());
        Assert.False(Directory.Exists(Sockets));
    }

    [Theory]
    [InlineData("[suggest:x]")]
    [InlineData("[suggest:-1]")]
    [InlineData("[suggest:99999999999]")]
    [InlineData("[suggest:1]", "[suggest:2]")]
    public async Task A_position_that_is_none_is_wrong_usage(params string[] directives)
    {
        var ended = await Tool.RunAsync([.. directives, "acomm ca"]);

        Assert.Equal((2, "", "Usage"), (ended.ExitCode, ended.Output, ended.ErrorName));
    }

    private async Task ServedAsync(UnixFileMode mode)
    {
        Directory.CreateDirectory(Sockets);
        foreach (var name in new[] { "plain-1_2.3", Command, "a b", "a\nb", "caf\u00e9", "a;b" })
            await File.WriteAllTextAsync($"{Sockets}/{name}.sock", "");
        File.SetUnixFileMode(Sockets, mode);
    }

    private async Task<IEnumerable<string>> SuggestedSocketsAsync()
    {
        await InstallAsync($"exec dotnet '{Tool.Path}' \"$@\"");
        return (await CompletedAsync("acomm call ")).Split('\n').Where(word => word.StartsWith("unix:///", StringComparison.Ordinal));
    }

    // The tool under its name in the path.
    private async Task InstallAsync(string script)
    {
        var bin = Directory.CreateDirectory(directory.At("bin"));
        var acomm = Path.Combine(bin.FullName, "acomm");
        await File.WriteAllTextAsync(acomm, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(acomm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<string> CompletedAsync(string line)
    {
        const string Script = """eval "$(acomm completion bash)"; COMP_LINE=$1 COMP_POINT=${#1}; _acomm; printf '%s\n' "${COMPREPLY[@]}" """;
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", line]) { RedirectStandardOutput = true, WorkingDirectory = directory.Path };
        start.Environment["PATH"] = $"{directory.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["XDG_RUNTIME_DIR"] = directory.Path;
        using var bash = Process.Start(start)!;
        return (await bash.StandardOutput.ReadToEndAsync().Within()).TrimEnd();
    }
}
