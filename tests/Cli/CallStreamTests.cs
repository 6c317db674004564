using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Acomm.CliTests;

public sealed class CallStreamTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly byte[] Data = RandomNumberGenerator.GetBytes(2_000_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_goes_as_the_stream_of_the_request(bool overHttp)
    {
        var file = node.At($"sent-{overHttp}");
        await File.WriteAllBytesAsync(file, Data);

        var ended = await Tool.RunAsync("call", node.Address(overHttp), "digest", "--stream", file);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal((Data.Length, Hash(Data)), Digest(ended));
        Assert.Equal($"sent: {Data.Length} bytes\n", ended.Error);
    }

    [Fact]
    public async Task Standard_input_goes_as_the_stream_of_the_request()
    {
        var ended = await Tool.RunWithAsync(Data, "call", node.Unix, "digest", "--stream", "-", "--quiet");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Equal((Data.Length, Hash(Data)), Digest(ended));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_stream_of_the_answer_goes_into_a_file_and_the_result_to_standard_output(bool overHttp)
    {
        var file = node.At($"taken-{overHttp}");
        await File.WriteAllTextAsync(file, new string('x', 600_000));

        var ended = await Tool.RunAsync("call", node.Address(overHttp), "blob", "-a", "bytes=500000", "--out", file);

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal((500_000, Hash(await File.ReadAllBytesAsync(file))), Digest(ended));
        Assert.Equal("received: 500000 bytes\n", ended.Error);
    }

    [Fact]
    public async Task The_stream_of_the_answer_goes_to_standard_output_and_the_result_to_standard_error()
    {
        var ended = await Tool.RunAsync("call", node.Unix, "blob", "-a", "bytes=500000", "--out", "-");

        Assert.Equal((0, 500_000), (ended.ExitCode, ended.Bytes.Length));
        Assert.Contains(Hash(ended.Bytes), ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_breaks_off_is_a_failure(bool overHttp)
    {
        var ended = await Tool.RunAsync("call", node.Address(overHttp), "torn", "-a", "bytes=300000", "--out", node.At($"torn-{overHttp}"));

        Assert.Equal((1, "StreamTorn"), (ended.ExitCode, ended.ErrorName));
        Assert.Equal(300_000, (int?)JsonNode.Parse(ended.Output)!["bytes"]);
    }

    [Fact]
    public async Task A_stream_that_nobody_wants_is_told_of()
    {
        var ended = await Tool.RunAsync("call", node.Unix, "blob", "-a", "bytes=10");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("--out", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_stream_comes_no_file_is_made_and_one_that_was_there_is_left_as_it_was()
    {
        await File.WriteAllTextAsync(node.At("kept"), "kept");

        var missing = await Tool.RunAsync("call", node.Unix, "echo", "--out", node.At("none"));
        var failed = await Tool.RunAsync("call", node.Unix, "fail", "-a", "message=no", "--out", node.At("kept"));

        Assert.Equal((1, "null", "StreamMissing"), (missing.ExitCode, missing.Output, missing.ErrorName));
        Assert.False(File.Exists(node.At("none")));
        Assert.Equal((1, "kept"), (failed.ExitCode, await File.ReadAllTextAsync(node.At("kept"))));
    }

    [Fact]
    public async Task A_reader_that_goes_ends_it()
    {
        await using var tool = Tool.Start("call", node.Unix, "blob", "-a", "bytes=200000000", "--out", "-", "--quiet");
        await tool.Output.BaseStream.ReadExactlyAsync(new byte[10]).AsTask().Within();
        tool.Output.Close();

        Assert.Equal(141, (await tool.ExitAsync()).ExitCode);
    }

    private static (int Bytes, string Sha256) Digest(Ended ended)
    {
        var digest = JsonNode.Parse(ended.Output)!;
        return ((int)digest["bytes"]!, (string)digest["sha256"]!);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
