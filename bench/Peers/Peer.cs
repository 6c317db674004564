namespace Acomm.Bench.Peers;

/// <summary>A client of one kind, connected to a server of its kind.</summary>
internal interface IPeerClient : IAsyncDisposable
{
    /// <summary>Sends the sample there and checks that it came back.</summary>
    Task CallAsync(int caller);
}

/// <summary>One way to call a service over a unix socket.</summary>
/// <param name="Key">How the command line names it.</param>
/// <param name="Name">How the tables name it.</param>
/// <param name="ServeAsync">Serves in a directory until the token is cancelled; calls back when it listens.</param>
/// <param name="ConnectAsync">Connects to the server in a directory, for so many callers at a time.</param>
internal sealed record PeerKind(
    string Key,
    string Name,
    Func<string, Action, CancellationToken, Task> ServeAsync,
    Func<string, int, Task<IPeerClient>> ConnectAsync)
{
    public static readonly IReadOnlyList<PeerKind> All =
    [
        AcommPeer.Kept,
        AcommPeer.OneMessageEach,
        StreamJsonRpcPeer.Kind,
        GrpcPeer.Kind,
        HttpPeer.Kind,
        RawEcho.Kind,
    ];

    public static string SocketIn(string directory) => Path.Combine(directory, "server.sock");
}
