using System.Diagnostics;
using System.Text.RegularExpressions;
using Acomm.Cli;

namespace Acomm.CliTests;

public sealed class HelpTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public static TheoryData<string> Commands => ["call", "serve", "listen", "ping", "top", "completion"];

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_has_help_with_examples_and_exit_codes_and_a_section_in_the_guide(string command)
    {
        var ended = await Tool.RunAsync(command, "--help");
        var section = Regex.Match(Tool.Guide, $@"(?ms)^## acomm {command}$.*?(?=^## |\z)").Value;

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains($"\n  acomm {command} ".Replace("acomm completion", "eval \"$(acomm completion"), ended.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", ended.Output, StringComparison.Ordinal);
        var options = Regex.Matches(ended.Output, @"(?m)^  .*?(--[a-z-]+)").Select(o => o.Groups[1].Value).Where(o => o != "--help").Distinct();
        Assert.All(options, option => Assert.Contains($"`{option}", section, StringComparison.Ordinal));
    }

    [Fact]
    public void The_guide_has_every_exit_code() =>
        Assert.All(ExitCodes.All, code => Assert.Contains($"\n| {code.Code} | {code.Meaning} |\n", Tool.Guide, StringComparison.Ordinal));

    [Fact]
    public async Task Bash_completes_commands_options_and_addresses()
    {
        var acomm = directory.At("acomm");
        await File.WriteAllTextAsync(acomm, $"#!/bin/sh\nexec dotnet '{Tool.Path}' \"$@\"\n");
        File.SetUnixFileMode(acomm, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal("call", await CompletedAsync("acomm ca"));
        Assert.Equal("top", await CompletedAsync("acomm to"));
        Assert.Equal("--once", await CompletedAsync("acomm top --on"));
        Assert.Equal("--json", await CompletedAsync("acomm call --js"));
        Assert.Equal("unix://", await CompletedAsync("acomm ping un"));
        Assert.Equal("//", await CompletedAsync("acomm ping unix:"));
    }

    private async Task<string> CompletedAsync(string line)
    {
        const string Script = """eval "$(acomm completion bash)"; COMP_LINE=$1 COMP_POINT=${#1}; _acomm; echo "${COMPREPLY[@]}" """;
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", line]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{directory.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["XDG_RUNTIME_DIR"] = directory.Path;
        using var bash = Process.Start(start)!;
        return (await bash.StandardOutput.ReadToEndAsync().Within()).TrimEnd();
    }
}
