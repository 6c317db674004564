using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Options;

namespace Acomm.AdapterTests.Hosting;

public sealed class OptionsTests
{
    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once_with_key_limit_and_value()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestNode.StartAsync(options: options =>
        {
            options.SocketPath = "relative.sock";
            options.StreamDirectory = "streams";
            options.PublicUrl = "unix:///no.sock";
            options.DrainLimit = TimeSpan.FromSeconds(-1);
            options.Limits = options.Limits with { FrameBytes = 17 << 20, Connections = 0, AckRead = TimeSpan.Zero, UnframedGrace = -TimeSpan.FromSeconds(1), StreamsOffered = 0, Streams = -1 };
            options.Access = new SocketAccess { AllowedUsers = LanguageExt.Seq<uint>.Empty, Group = uint.MaxValue };
        }));

        var failures = error.Failures.ToArray();
        foreach (var key in (string[])["SocketPath", "StreamDirectory", "PublicUrl", "DrainLimit", "Limits:FrameBytes", "Limits:Connections", "Limits:AckRead", "Limits:UnframedGrace", "Limits:StreamsOffered", "Limits:Streams", "Access:AllowedUsers", "Access:Group"])
            Assert.Contains(failures, failure => failure.StartsWith($"{key}: ", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("17825792 is not between 1 and 16777216", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_socket_path_is_named()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestNode.StartAsync(options: options => options.SocketPath = ""));

        Assert.Equal("SocketPath: is not set, and is needed", Assert.Single(error.Failures));
    }

    [Fact]
    public async Task A_socket_path_of_108_bytes_is_refused_at_the_start()
    {
        var path = "/tmp/" + new string('s', 103);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestNode.StartAsync(options: options => options.SocketPath = path));

        Assert.Contains(error.Failures, failure => failure.Contains("108", StringComparison.Ordinal) && failure.Contains("107", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("../up")]
    [InlineData("")]
    [InlineData("-dash")]
    [InlineData("tab\t")]
    public async Task A_task_whose_name_is_not_plain_fails_at_the_start(string name)
    {
        var error = await Assert.ThrowsAsync<AcommStartException>(() => TestNode.StartAsync(acomm => acomm.AddTask<int, int>(
            name, (args, _, _) => Task.FromResult<Answer<int>>(args))));

        Assert.IsType<AcommError.ValueInvalid>(error.Error);
        Assert.Contains("is no plain name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tasks_of_one_name_fail_at_the_start()
    {
        var error = await Assert.ThrowsAsync<AcommStartException>(() => TestNode.StartAsync(acomm =>
        {
            TestTasks.Echo(acomm);
            TestTasks.Echo(acomm);
        }));

        Assert.Contains("'echo' has a handler already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_is_in_use_fails_at_the_start_and_stays_with_its_owner()
    {
        await using var first = await TestNode.StartAsync(TestTasks.Echo);

        var error = await Assert.ThrowsAsync<AcommStartException>(() => TestNode.StartAsync(options: options => options.SocketPath = first.SocketPath));

        Assert.IsType<AcommError.AddressInUse>(error.Error);
        Assert.Equal("mine", await first.Acomm.CallAsync<string, string>(first.Unix, "echo", "mine").Ok());
    }

    [Fact]
    public async Task The_public_address_that_is_set_is_the_one_that_hooks_have()
    {
        await using var node = await TestNode.StartAsync(options: options => options.PublicUrl = "http://127.0.0.1:1/behind/a/gateway");
        await using var peer = await GoHttpPeer.StartAsync();
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "greet", "", cancel.Token);

        var hook = GoWire.HookOf(await peer.NextAsync());

        Assert.StartsWith("http://127.0.0.1:1/behind/a/gateway/proxy?token=", hook, StringComparison.Ordinal);
        await cancel.CancelAsync();
        await call.Error();
    }

    [Fact]
    public async Task Streams_are_offered_in_the_directory_that_is_set_which_is_made()
    {
        using var directory = new TempDirectory();
        await using var node = await TestNode.StartAsync(
            TestTasks.Give(() => new TestSource(1).ToSource()), options => options.StreamDirectory = directory.At("streams"));

        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();

        Assert.StartsWith(directory.At("streams/"), reply.Stream.Map(s => s.Address.Path).IfNone(""), StringComparison.Ordinal);
    }
}
