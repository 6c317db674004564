using System.Text.Json;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Bench.Peers;

/// <summary>Ours: request, acknowledgement, handler, answer on the hook, acknowledgement; tracked with a timeout.</summary>
internal sealed class AcommPeer : IPeerClient
{
    private static readonly TaskName Task_ = TaskName.Parse("echo").IfLeft(default(TaskName));

    private readonly IHost host;
    private readonly IAcomm acomm;
    private readonly Address server;

    private AcommPeer(IHost host, Address server) => (this.host, acomm, this.server) = (host, host.Services.GetRequiredService<IAcomm>(), server);

    public static PeerKind Kept { get; } = Kind("acomm", "Acomm", kept: true);

    public static PeerKind OneMessageEach { get; } = Kind("acomm-each", "Acomm, a connection per message", kept: false);

    public async Task CallAsync(int caller)
    {
        var reply = await acomm.RequestAsync<Payload, Payload>(server, Task_, Payload.Sample, CallOptions.None);
        if (reply.Case is not Reply<Payload> { Result.Size: 123456 })
            throw new InvalidDataException($"{reply} came back");
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static PeerKind Kind(string key, string name, bool kept) => new(
        key,
        name,
        async (directory, listening, cancel) =>
        {
            using var host = NewHost(PeerKind.SocketIn(directory), kept);
            await host.StartAsync(cancel);
            listening();
            await Task.Delay(Timeout.Infinite, cancel);
        },
        async (directory, _) =>
        {
            var host = NewHost(Path.Combine(directory, "caller.sock"), kept);
            await host.StartAsync();
            return new AcommPeer(host, Address.Unix(PeerKind.SocketIn(directory)).IfLeft(error => throw new InvalidOperationException(error.ToString())));
        });

    private static IHost NewHost(string socket, bool kept)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAcomm(options =>
            {
                options.SocketPath = socket;
                if (!kept)
                    options.Limits = options.Limits with { ConnectionInFlight = 0 };
                options.Json = new JsonSerializerOptions(JsonSerializerOptions.Web) { TypeInfoResolver = PayloadContext.Default };
            })
            .AddTask<Payload, Payload>("echo", (payload, _, _) => Task.FromResult<Answer<Payload>>(payload));
        return builder.Build();
    }
}
