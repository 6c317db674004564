using Acomm.Bench.Peers.Grpc;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Acomm.Bench.Peers;

/// <summary>gRPC: HTTP/2 and protobuf, on Kestrel.</summary>
internal sealed class GrpcPeer : IPeerClient
{
    private readonly GrpcChannel channel;
    private readonly Echo.EchoClient client;

    private GrpcPeer(GrpcChannel channel) => (this.channel, client) = (channel, new Echo.EchoClient(channel));

    public static PeerKind Kind { get; } = new("grpc", "gRPC", ServeAsync, ConnectAsync);

    public async Task CallAsync(int caller)
    {
        var disk = new Disk { Name = Payload.Sample.Name, Size = Payload.Sample.Size };
        disk.Tags.AddRange(Payload.Sample.Tags);
        var back = await client.CallAsync(disk);
        if (back.Size != Payload.Sample.Size)
            throw new InvalidDataException($"{back} came back");
    }

    public ValueTask DisposeAsync()
    {
        channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<IPeerClient> ConnectAsync(string directory, int callers) => Task.FromResult<IPeerClient>(new GrpcPeer(
        GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = UnixHttp.NewHandler(directory) })));

    private static Task ServeAsync(string directory, Action listening, CancellationToken cancel) => UnixHttp.ServeAsync(
        directory,
        HttpProtocols.Http2,
        services => services.AddGrpc(),
        app => app.MapGrpcService<Service>(),
        listening,
        cancel);

    private sealed class Service : Echo.EchoBase
    {
        public override Task<Disk> Call(Disk request, ServerCallContext context) => Task.FromResult(request);
    }
}
