using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Acomm.CliTests;

public sealed class ListenTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task What_comes_is_printed_and_answered()
    {
        await using var listening = await ListenAsync("--http", "http://127.0.0.1:0", "--answer", "{\"ok\":true}");

        foreach (var address in listening.Addresses)
        {
            var ended = await Tool.RunAsync("call", address, "any task", "-a", "n=1");
            var line = JsonNode.Parse((await listening.Output.ReadLineAsync().Within())!)!;
            Assert.Equal((0, "{\"ok\":true}"), (ended.ExitCode, ended.Output));
            Assert.Equal(("any task", "{\"n\":1}"), ((string?)line["document"]!["task"], line["document"]!["args"]!.ToJsonString()));
            Assert.StartsWith(address, (string?)line["on"], StringComparison.Ordinal);
        }

        Assert.Equal(2, listening.Addresses.Count);
    }

    [Fact]
    public async Task Without_an_answer_it_only_accepts()
    {
        await using var listening = await ListenAsync();

        var ended = await Tool.RunAsync("call", listening.Addresses[0], "any", "--timeout", "0.5");

        Assert.Equal((4, "TimedOut"), (ended.ExitCode, ended.ErrorName));
        Assert.Equal("any", (string?)JsonNode.Parse((await listening.Output.ReadLineAsync().Within())!)!["document"]!["task"]);
    }

    [Theory]
    [InlineData(7, "rubbi\u001b\n", "DocumentMalformed")]
    [InlineData(2, "{}", "DocumentInvalid")]
    [InlineData(0, "", "FrameEmpty")]
    [InlineData(-1, "", "FrameTooLong")]
    public async Task What_is_no_document_is_printed_with_what_is_wrong_and_refused(int length, string payload, string name)
    {
        await using var listening = await ListenAsync();

        var acknowledgement = await SendAsync(length, payload);
        var line = await listening.Output.ReadLineAsync().Within() ?? "";

        Assert.Contains($"\"code\":\"{name}\"", acknowledgement, StringComparison.Ordinal);
        Assert.StartsWith($"{name}: ", (string?)JsonNode.Parse(line)!["error"], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line);
    }

    [Fact]
    public async Task A_signal_ends_it_and_removes_its_socket()
    {
        await using var listening = await ListenAsync();

        listening.Terminate();

        Assert.Equal(0, (await listening.EndAsync()).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task A_reader_that_goes_ends_it()
    {
        await using var listening = await ListenAsync("--answer", "1");
        listening.Output.Close();

        await Tool.RunAsync("call", listening.Addresses[0], "any");

        Assert.Equal(141, (await listening.ExitAsync()).ExitCode);
    }

    private Task<Tool> ListenAsync(params string[] options) => Tool.ReadyAsync(onError: true, ["listen", "--socket", directory.At("l.sock"), .. options]);

    private async Task<string> SendAsync(int length, string payload)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(directory.At("l.sock")));
        var header = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(header, length);
        await socket.SendAsync((byte[])[.. header, .. Encoding.UTF8.GetBytes(payload)]);
        using var reader = new StreamReader(new NetworkStream(socket));
        return await reader.ReadToEndAsync().Within();
    }
}
