using System.Collections.Concurrent;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Http;

/// <summary>Whoever reads the logs learns no token, with which he could answer or read, and no payload.</summary>
public sealed class LogTests
{
    private const string Payload = "what only the two may know";

    [Fact]
    public async Task Our_own_log_shows_no_token_and_no_payload_whatever_its_level()
    {
        var (lines, tokens) = await ExchangeAsync([]);

        var own = lines.Where(line => line.Category.StartsWith("Acomm", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(own);
        AssertSilent(own, [.. tokens, Payload]);
    }

    [Fact]
    public async Task With_the_setting_that_the_documents_give_no_log_shows_a_token()
    {
        var (lines, tokens) = await ExchangeAsync(new() { ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Warning" });

        Assert.Contains(lines, line => line.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        AssertSilent(lines, [.. tokens, Payload]);
    }

    // So that the two above are known to look where something would be.
    [Fact]
    public async Task Without_it_the_log_of_the_server_shows_them()
    {
        var (lines, tokens) = await ExchangeAsync([]);

        Assert.All(tokens, token => Assert.Contains(lines, line => line.Text.Contains(token, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rubbish_by_the_hundred_is_a_few_lines_and_a_number()
    {
        var (log, time) = (new Lines(), new FakeTimeProvider());
        await using var node = await TestNode.StartAsync(time: time, configure: builder => LogTo(builder, log, []));
        async Task SendAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await GoWire.SendAsync(node.SocketPath, []);
        }

        await SendAsync(Throttle.LimitPerSecond + 100);
        Assert.Equal(Throttle.LimitPerSecond, log.All.Count(line => line.Text.StartsWith("Refused a document", StringComparison.Ordinal)));
        time.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(1);

        Assert.Contains(log.All, line => line.Text == "100 more events of the kind DocumentRefused were not logged");
        Assert.Equal(Throttle.LimitPerSecond + 1, log.All.Count(line => line.Text.StartsWith("Refused a document", StringComparison.Ordinal)));
    }

    private static void AssertSilent(IEnumerable<(string Category, string Text)> lines, string[] secrets) => Assert.All(
        lines, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, $"{line}", StringComparison.OrdinalIgnoreCase)));

    /// <summary>A call with streams both ways, answers and streams that are forged, a handler that throws, a hook that is gone.</summary>
    private static async Task<((string Category, string Text)[] Lines, string[] Tokens)> ExchangeAsync(Dictionary<string, string?> settings)
    {
        var log = new Lines();
        await using var peer = await GoHttpPeer.StartAsync();
        await using var gone = new RawHttpServer("");
        await using var worker = await TestNode.StartAsync(acomm =>
        {
            TestTasks.Throw(acomm);
            TestTasks.Take(acomm);
            TestTasks.Give(() => new TestSource(10).ToSource())(acomm);
        }, configure: builder => LogTo(builder, log, settings));
        await using var caller = await TestNode.StartAsync(configure: builder => LogTo(builder, log, settings));

        var options = new CallOptions { Stream = new TestSource(10).ToSource() };
        await caller.Acomm.RequestAsync<string, byte[]>(worker.Http, "take", Payload, options).Ok();
        var given = await caller.Acomm.RequestAsync<string, string>(worker.Http, "give", Payload, CallOptions.None).Ok();
        await using (var stream = await given.OpenStreamAsync().Ok())
            await stream.CopyToAsync(Stream.Null).Within();
        var streamUrl = given.Stream.Map(s => s.Address.ToString()).IfNone("");
        Assert.IsType<AcommError.StreamUnknown>(await given.OpenStreamAsync().Error());
        await caller.Acomm.CallAsync<string, string>(worker.Http, "throw", Payload).Error();

        var open = caller.Acomm.Begin(Address.Parse(peer.Url).Ok(), TaskName.Parse("t").Ok(), RawJson.Null, CallOptions.None);
        var request = await peer.NextAsync();
        await GoHttpPeer.PostAsync($"{GoWire.HookOf(request)}0", GoWire.MistifyResponse((string)request["id"]!, Payload));
        await GoHttpPeer.PostAsync(GoWire.HookOf(request), GoWire.MistifyResponse((string)request["id"]!, Payload));
        Assert.True((await open.Answer.Within()).IsRight);
        await GoHttpPeer.PostAsync(worker.Http, GoWire.CeranaRequest("x", "take", $"{gone.Url}?token={TokenOf(streamUrl)}", Payload));
        await GoHttpPeer.PostForStatusAsync(worker.Http, $"{{\"id\":\"{Payload}\"");
        await worker.StopAsync().Within();
        await caller.StopAsync().Within();
        return ([.. log.All], [TokenOf(streamUrl), TokenOf(GoWire.HookOf(request))]);
    }

    private static void LogTo(WebApplicationBuilder builder, ILoggerProvider log, Dictionary<string, string?> settings)
    {
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Trace)
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddProvider(log));

        // The log takes its place.
        builder.Services.RemoveAll<INodeEvents>();
    }

    private static string TokenOf(string url) => url.Split("token=")[1];

    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<(string Category, string Text)> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, All);

        public void Dispose()
        {
        }

        private sealed class Logger(string category, ConcurrentQueue<(string Category, string Text)> all) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull
            {
                all.Enqueue((category, $"{state}"));
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                all.Enqueue((category, formatter(state, exception) + exception));
        }
    }
}
