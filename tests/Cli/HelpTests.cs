using System.Text.RegularExpressions;
using Acomm.Cli;

namespace Acomm.CliTests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => ["call", "serve", "listen", "ping", "top", "completion"];

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
}
