using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Hosting;

/// <summary>Lambdas with injected services, of every shape that there is.</summary>
public sealed class InjectedTaskTests
{
    public interface IWords
    {
        int Count(string text);
    }

    public interface ISign
    {
        string Of(string text);
    }

    [Theory]
    [InlineData("now", "3")]
    [InlineData("later", "3")]
    [InlineData("async", "3")]
    [InlineData("answer-now", "3")]
    [InlineData("answer-later", "3")]
    [InlineData("two-now", "3!")]
    [InlineData("two-later", "3!")]
    [InlineData("two-async", "3!")]
    [InlineData("two-answer-now", "3!")]
    [InlineData("two-answer-later", "3!")]
    public async Task Services_stand_between_args_and_call_and_types_need_not_be_named(string task, string result)
    {
        await using var node = await StartAsync(acomm => acomm
            .AddTask("now", (string text, IWords words, CallContext call, CancellationToken cancel) => $"{words.Count(text)}")
            .AddTask("later", (string text, IWords words, CallContext call, CancellationToken cancel) => Task.FromResult($"{words.Count(text)}"))
            .AddTask("async", async (string text, IWords words, CallContext call, CancellationToken cancel) => await Later($"{words.Count(text)}", cancel))
            .AddTask<string, IWords, string>("answer-now", (text, words, _, _) => text.Length == 0 ? Answer.Fail("empty") : $"{words.Count(text)}")
            .AddTask<string, IWords, string>("answer-later", async (text, words, _, cancel) => text.Length == 0 ? Answer.Fail("empty") : await Later($"{words.Count(text)}", cancel))
            .AddTask("two-now", (string text, IWords words, ISign sign, CallContext call, CancellationToken cancel) => sign.Of($"{words.Count(text)}"))
            .AddTask("two-later", (string text, IWords words, ISign sign, CallContext call, CancellationToken cancel) => Task.FromResult(sign.Of($"{words.Count(text)}")))
            .AddTask("two-async", async (string text, IWords words, ISign sign, CallContext call, CancellationToken cancel) => await Later(sign.Of($"{words.Count(text)}"), cancel))
            .AddTask<string, IWords, ISign, string>("two-answer-now", (text, words, sign, _, _) => text.Length == 0 ? Answer.Fail("empty") : sign.Of($"{words.Count(text)}"))
            .AddTask<string, IWords, ISign, string>("two-answer-later", async (text, words, sign, _, cancel) => text.Length == 0 ? Answer.Fail("empty") : await Later(sign.Of($"{words.Count(text)}"), cancel)));

        Assert.Equal(result, await node.Acomm.CallAsync<string, string>(node.Unix, task, "a b c").Ok());
        if (task.Contains("answer", StringComparison.Ordinal))
            Assert.Equal("empty", Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<string, string>(node.Unix, task, "").Error()).Text);
    }

    [Fact]
    public async Task The_context_and_a_method_in_the_place_of_the_lambda_are_passed_on()
    {
        await using var node = await StartAsync(acomm => acomm.AddTask<string, IWords, string>("named", NamedAsync));

        Assert.Equal("named 2", await node.Acomm.CallAsync<string, string>(node.Unix, "named", "a b").Ok());
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("throw")]
    public async Task Services_come_from_a_scope_of_each_call_which_ends_with_it(string text)
    {
        var ended = 0;
        var seen = new HashSet<Scoped>();
        await using var node = await StartAsync(
            acomm => acomm.AddTask("scoped", (string args, Scoped one, Scoped same, CallContext call, CancellationToken cancel) =>
            {
                Assert.Same(one, same);
                Assert.True(seen.Add(one));
                return args == "ok" ? args : throw new InvalidOperationException("no");
            }),
            services => services.AddScoped(_ => new Scoped(() => ended++)));

        for (var call = 1; call <= 2; call++)
        {
            Assert.Equal(text == "ok", (await node.Acomm.CallAsync<string, string>(node.Unix, "scoped", text).Within()).IsRight);
            Assert.Equal((call, call), (ended, seen.Count));
        }

        Assert.IsType<AcommError.TaskFailed>(await node.Acomm.CallAsync<int, string>(node.Unix, "scoped", 1).Error());
        Assert.Equal(2, ended);
    }

    [Theory]
    [InlineData("")]
    [InlineData("billing")]
    public async Task A_service_that_was_not_added_fails_the_start_and_is_named_with_its_task(string name)
    {
        await using var host = new TestHost();
        host.Collection.AddSingleton<IWords, Words>();
        host.Add(name).AddTask("count", (string text, IWords words, ISign sign, CallContext call, CancellationToken cancel) => sign.Of(text));

        var error = await Assert.ThrowsAsync<AcommStartException>(host.StartAsync);

        Assert.Equal(new AcommError.ServiceMissing("count", typeof(ISign).ToString()), error.Error);
        Assert.Equal(name, error.Node);
        Assert.Contains($"the task 'count' needs the service {typeof(ISign)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Such_a_task_may_have_a_limit_of_its_own()
    {
        var error = await Assert.ThrowsAsync<AcommStartException>(() => StartAsync(acomm => acomm.AddTask(
            "none", (string text, IWords words, CallContext call, CancellationToken cancel) => text, concurrency: 0)));

        Assert.Contains("concurrency of the task 'none' is 0", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> NamedAsync(string text, IWords words, CallContext call, CancellationToken cancel) =>
        await Later($"{call.Task} {words.Count(text)}", cancel);

    private static async Task<string> Later(string text, CancellationToken cancel)
    {
        await Task.Yield();
        cancel.ThrowIfCancellationRequested();
        return text;
    }

    private static Task<TestNode> StartAsync(Action<AcommBuilder> tasks, Action<IServiceCollection>? services = null) => TestNode.StartAsync(tasks, configure: builder =>
    {
        builder.Services.AddSingleton<IWords, Words>().AddSingleton<ISign, Sign>();
        services?.Invoke(builder.Services);
    });

    private sealed class Words : IWords
    {
        public int Count(string text) => text.Split(' ').Length;
    }

    private sealed class Sign : ISign
    {
        public string Of(string text) => $"{text}!";
    }

    private sealed class Scoped(Action ended) : IDisposable
    {
        public void Dispose() => ended();
    }
}
