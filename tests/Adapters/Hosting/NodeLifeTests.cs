using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Acomm.AdapterTests.Hosting;

/// <summary>Several nodes of one application start before it, and drain after it, each as one alone does.</summary>
public sealed class NodeLifeTests
{
    [Fact]
    public async Task All_nodes_listen_before_the_application_starts_and_answer_until_it_has_stopped()
    {
        await using var host = new TestHost();
        host.Collection.AddHostedService(provider => new Asking(provider, () => [host.Unix("a"), host.Unix("b")]));
        host.Add("a").AddTask("echo", (string text) => text);
        host.Add("b").AddTask("echo", (string text) => text);

        await host.StartAsync();
        var asking = host.App.Services.GetServices<IHostedService>().OfType<Asking>().Single();
        await host.App.StopAsync().Within();

        Assert.Equal(["start", "start"], asking.AtStart);
        Assert.Empty(host.Files);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_node_drains_and_the_one_that_was_added_first_serves_until_the_others_are_through(bool concurrently)
    {
        var (first, last) = (new Gate(), new Gate());
        await using var host = new TestHost();
        host.Collection.Configure<HostOptions>(options => options.ServicesStopConcurrently = concurrently);
        first.AddTo(host.Add("first").AddTask("echo", (string text) => text));
        last.AddTo(host.Add("last"));
        await using var caller = await TestNode.StartAsync();
        await host.StartAsync();
        var calls = new[] { host.Unix("first"), host.Unix("last") }.Select(to => caller.Acomm.CallAsync<string, string>(to, "wait", "")).ToArray();
        await Task.WhenAll(first.Entered, last.Entered);

        var stopped = host.App.StopAsync();
        await Expect.Until(() => Drains(host, "last") && Drains(host, "first") == concurrently);
        var echoed = await caller.Acomm.CallAsync<string, string>(host.Unix("first"), "echo", "still here").Within();
        Assert.Equal(!concurrently, echoed.IsRight);
        Assert.False(stopped.IsCompleted);
        last.Release();
        first.Release();
        await stopped.Within();

        foreach (var call in calls)
            Assert.Equal("released", await call.Ok());
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task An_application_that_is_disposed_without_a_stop_leaves_no_socket_behind()
    {
        await using var host = new TestHost();
        host.Add("").AddTask("give", (string _) => Answer.WithStream("here", StreamSource.From(new MemoryStream([1]))));
        host.Add("billing").AddTask("give", (string _) => Answer.WithStream("here", StreamSource.From(new MemoryStream([1]))));
        await host.StartAsync();
        foreach (var name in (string[])["", "billing"])
            await host.Acomm().RequestAsync<string, string>(host.Unix(name), "give", "", CallOptions.None).Ok();
        Assert.Equal(4, host.Files.Length);

        await host.App.DisposeAsync();

        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task What_was_injected_is_disposed_after_the_node_that_uses_it_has_closed()
    {
        var seen = new List<string>();
        var host = new TestHost();
        foreach (var name in (string[])["", "billing"])
        {
            host.Collection.AddKeyedSingleton(name, (_, _) => new Ending(() => seen.Add($"'{name}' with {host.Files.Count(file => file == Path.GetFileName(host.At(name)))} sockets")));
            host.Add(name).AddInterceptor<Using>();
        }

        await using (host)
        {
            await host.StartAsync();
            await host.App.DisposeAsync();
            Assert.Equal(["'' with 0 sockets", "'billing' with 0 sockets"], seen.Order());
        }
    }

    private static bool Drains(TestHost host, string name) => host.App.Services.GetRequiredKeyedService<AcommNode>(name).Phase != TrackerPhase.Running;

    private sealed class Ending(Action ended) : IDisposable
    {
        public void Dispose() => ended();
    }

    private sealed class Using : AcommInterceptor
    {
        public Using([FromKeyedServices] Ending ending) => GC.KeepAlive(ending);
    }

    // The application's own service, added before the nodes.
    private sealed class Asking(IServiceProvider provider, Func<string[]> nodes) : IHostedService
    {
        public string[] AtStart { get; private set; } = [];

        public async Task StartAsync(CancellationToken cancellationToken) => AtStart = await AskAsync("start");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private async Task<string[]> AskAsync(string text)
        {
            var acomm = provider.GetRequiredKeyedService<IAcomm>("a");
            return await Task.WhenAll(nodes().Select(to => acomm.CallAsync<string, string>(to, "echo", text).Ok()));
        }
    }
}
