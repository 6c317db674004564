namespace Acomm.AdapterTests.Processes;

public sealed class NodeArgumentTests
{
    public static TheoryData<string, string[]> Bad => new()
    {
        { "--socket", [] },
        { "--socket", ["--socket"] },
        { "--socket", ["--socket", ""] },
        { "--socket", ["--socket", "/tmp/" + new string('s', 120)] },
        { "--http", ["--socket", "/tmp/ac-unused.sock", "--http", "unix:///tmp/x.sock"] },
        { "--http", ["--socket", "/tmp/ac-unused.sock", "--http", "http://127.0.0.1:99999"] },
        { "--drain", ["--socket", "/tmp/ac-unused.sock", "--drain", "soon"] },
        { "--drain", ["--socket", "/tmp/ac-unused.sock", "--drain", "-1"] },
        { "--status", ["--socket", "/tmp/ac-unused.sock", "--status"] },
        { "--status", ["--socket", "/tmp/ac-unused.sock", "--status", "--http", "http://127.0.0.1:0", "--status"] },
        { "yes", ["--socket", "/tmp/ac-unused.sock", "--status", "yes", "--http", "http://127.0.0.1:0"] },
        { "--verbose", ["--verbose", "yes"] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_argument_is_named_on_one_line_and_the_exit_code_is_2(string argument, string[] arguments)
    {
        var (exitCode, output, error) = await NodeProcess.RunAsync(arguments);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith(argument, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_socket_in_use_is_named_and_the_exit_code_is_1()
    {
        await using var peer = new GoUnixPeer();

        var (exitCode, output, error) = await NodeProcess.RunAsync("--socket", peer.Path);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("AddressInUse", error, StringComparison.Ordinal);
    }
}
