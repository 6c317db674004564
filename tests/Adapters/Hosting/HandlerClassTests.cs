using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Hosting;

/// <summary>Tasks as classes with what is injected into them, and as short lambdas.</summary>
public sealed class HandlerClassTests
{
    [Fact]
    public async Task A_handler_class_gets_its_dependencies_in_a_scope_of_each_call_which_ends_with_it()
    {
        var log = new ScopeLog();
        await using var node = await StartAsync(log);

        Assert.Equal(new Sum(5), await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(2, 3)).Ok());
        Assert.Equal(new Sum(7), await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(3, 4)).Ok());

        Assert.Equal(["1 made", "1 disposed", "2 made", "2 disposed"], log.Lines);
    }

    [Theory]
    [InlineData(0, nameof(AcommError.HandlerFailed))]
    [InlineData(1, "no ones")]
    public async Task The_scope_ends_too_where_the_handler_throws_or_fails(int number, string error)
    {
        var log = new ScopeLog();
        await using var node = await StartAsync(log);

        var failed = Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(number, 1)).Error());

        Assert.StartsWith(error, failed.Text, StringComparison.Ordinal);
        Assert.Equal(["1 made", "1 disposed"], log.Lines);
    }

    [Fact]
    public async Task Args_that_do_not_fit_a_handler_class_are_told_as_of_any_handler()
    {
        await using var node = await StartAsync(new ScopeLog());

        var failed = Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<string, Sum>(node.Unix, "add", "two").Error());

        Assert.StartsWith("ArgsMismatch", failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_class_that_was_added_before_lives_as_it_was_added()
    {
        var log = new ScopeLog();
        await using var node = await StartAsync(log, services => services.AddSingleton<Adder>().AddSingleton<Scoped>());

        await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(2, 3)).Ok();
        await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(2, 3)).Ok();

        Assert.Equal(["1 made"], log.Lines);
    }

    [Fact]
    public async Task A_handler_class_is_one_whose_dependencies_are_missing_to_its_caller_only()
    {
        await using var node = await TestNode.StartAsync(acomm => TestTasks.Echo(acomm.AddTask<Adder>("add")));

        Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(2, 3)).Error());
        Assert.Equal("still there", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "still there").Ok());
    }

    [Theory]
    [InlineData("now", "A")]
    [InlineData("later", "A")]
    [InlineData("cancellable", "A")]
    [InlineData("call-now", "A")]
    [InlineData("call-later", "A")]
    [InlineData("answer-call", "A")]
    [InlineData("answer-now", "A")]
    [InlineData("answer-later", "A")]
    [InlineData("answer-cancellable", "A")]
    public async Task Short_lambdas_are_handlers_and_their_types_need_not_be_named(string task, string result)
    {
        await using var node = await TestNode.StartAsync(acomm => acomm
            .AddTask("now", (string text) => text.ToUpperInvariant())
            .AddTask("later", async (string text) => await Later(text))
            .AddTask("cancellable", async (string text, CancellationToken cancel) => await Later(text).WaitAsync(cancel))
            .AddTask("call-now", (string text, CallContext call, CancellationToken cancel) => call.Task.Value == "call-now" ? text.ToUpperInvariant() : "")
            .AddTask("call-later", async (string text, CallContext call, CancellationToken cancel) => await Later(text).WaitAsync(cancel))
            .AddTask("answer-call", Answer<string> (string text, CallContext call, CancellationToken cancel) => text.Length == 0 ? Answer.Fail("empty") : text.ToUpperInvariant())
            .AddTask<string, string>("answer-now", text => text.Length == 0 ? Answer.Fail("empty") : text.ToUpperInvariant())
            .AddTask<string, string>("answer-later", async text => text.Length == 0 ? Answer.Fail("empty") : await Later(text))
            .AddTask<string, string>("answer-cancellable", async (text, cancel) => text.Length == 0 ? Answer.Fail("empty") : await Later(text).WaitAsync(cancel)));

        Assert.Equal(result, await node.Acomm.CallAsync<string, string>(node.Unix, task, "a").Ok());
        if (task.StartsWith("answer", StringComparison.Ordinal))
            Assert.Equal("empty", Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<string, string>(node.Unix, task, "").Error()).Text);
    }

    private static async Task<string> Later(string text)
    {
        await Task.Yield();
        return text.ToUpperInvariant();
    }

    private static Task<TestNode> StartAsync(ScopeLog log, Action<IServiceCollection>? before = null) => TestNode.StartAsync(
        acomm => acomm.AddTask<Adder>("add"),
        configure: builder =>
        {
            builder.Services.AddSingleton(log);
            before?.Invoke(builder.Services);
            if (before is null)
                builder.Services.AddScoped<Scoped>();
        });

    private sealed class ScopeLog
    {
        private int made;

        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public int Next() => Interlocked.Increment(ref made);
    }

    private sealed class Scoped : IAsyncDisposable
    {
        private readonly ScopeLog log;
        private readonly int number;

        public Scoped(ScopeLog log)
        {
            (this.log, number) = (log, log.Next());
            log.Lines.Enqueue($"{number} made");
        }

        public ValueTask DisposeAsync()
        {
            log.Lines.Enqueue($"{number} disposed");
            return default;
        }
    }

    private sealed class Adder(Scoped scoped) : ITaskHandler<Numbers, Sum>
    {
        public async Task<Answer<Sum>> HandleAsync(Numbers args, CallContext call, CancellationToken cancel)
        {
            await Task.Yield();
            GC.KeepAlive(scoped);
            return args.A switch
            {
                0 => throw new InvalidOperationException("a secret"),
                1 => Answer.Fail("no ones"),
                _ => new Sum(args.A + args.B),
            };
        }
    }
}
