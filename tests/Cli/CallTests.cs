namespace Acomm.CliTests;

public sealed class CallTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_value_that_can_be_read_as_json_is_json_and_any_other_is_text(bool overHttp)
    {
        var ended = await Tool.RunAsync(
            "call", node.Address(overHttp), "echo", "-a", "name=Zoë", "-a", "n=-1.50", "-a", "on=true", "-a", "none=null", "-a", "list=[1,{\"a\":2}]",
            "-a", "text=007", "-a", "quoted=\"7\"", "-a", "empty=", "-a", "pair=a=b");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Equal(
            """{"name":"Zoë","n":-1.50,"on":true,"none":null,"list":[1,{"a":2}],"text":"007","quoted":"7","empty":"","pair":"a=b"}""",
            ended.Output);
    }

    [Fact]
    public async Task Json_from_standard_input_goes_as_it_is()
    {
        var ended = await Tool.RunWithAsync("""[1, 2.0,"ü"]"""u8.ToArray(), "call", node.Unix, "echo", "--json", "-");

        Assert.Equal((0, """[1, 2.0,"ü"]"""), (ended.ExitCode, ended.Output));
    }

    [Fact]
    public async Task Json_from_a_file_goes_as_it_is()
    {
        await File.WriteAllTextAsync(node.At("args.json"), """{"message":"from a file"}""");

        var ended = await Tool.RunAsync("call", node.Unix, "fail", "--json", node.At("args.json"));

        Assert.Equal((1, "", "TaskFailed: from a file\n"), (ended.ExitCode, ended.Output, ended.Error));
    }

    [Fact]
    public async Task Without_args_they_are_null() => Assert.Equal("null", (await Tool.RunAsync("call", node.Unix, "echo")).Output);

    [Fact]
    public async Task A_signal_gives_the_call_up_and_nothing_is_left_behind()
    {
        await using var served = await Tool.ServeAsync("wait", "--socket", node.At("wait.sock"), "--exec", "sh", "--", "-c", "echo begun >&2; exec sleep 600");
        await using var tool = Tool.Start("call", served.Addresses[0], "wait");
        Assert.Equal("begun", await served.Error.ReadLineAsync().Within());

        tool.Terminate();
        var ended = await tool.EndAsync();

        Assert.Equal((143, "", "Cancelled"), (ended.ExitCode, ended.Output, ended.ErrorName));
    }
}
