namespace Acomm.CliTests.Support;

/// <summary>A sample node for all tests of a class.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    private readonly TempDirectory directory = new();
    private NodeProcess? node;

    public string Unix => $"unix://{directory.At("node.sock")}";

    public string Http => node!.Http;

    /// <summary>An address that nobody listens at.</summary>
    public string Nobody => $"unix://{directory.At("nobody.sock")}";

    /// <summary>One address or the other, for tests of both.</summary>
    internal string Address(bool overHttp) => overHttp ? Http : Unix;

    internal string At(string name) => directory.At(name);

    public async Task InitializeAsync() => node = await NodeProcess.StartAsync("--socket", directory.At("node.sock"), "--http", "http://127.0.0.1:0", "--status");

    public async Task DisposeAsync()
    {
        await node!.DisposeAsync();
        directory.Dispose();
    }
}
