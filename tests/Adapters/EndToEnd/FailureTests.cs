using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class FailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_task_that_fails_gives_the_caller_its_text(bool overHttp)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Fail);
        await using var caller = await TestNode.StartAsync();

        var error = await caller.Acomm.CallAsync<string, Sum>(server.Address(overHttp), "fail", "no such disk: \"tank\"").Error();

        Assert.Equal("no such disk: \"tank\"", Assert.IsType<AcommError.TaskFailed>(error).Text);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_failure_whose_text_is_empty_is_still_a_failure()
    {
        await using var server = await TestNode.StartAsync(TestTasks.Fail);

        var error = await server.Acomm.CallAsync<string, Sum>(server.Unix, "fail", "").Error();

        Assert.NotEmpty(Assert.IsType<AcommError.TaskFailed>(error).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Go", "defect")]
    public async Task A_handler_that_throws_answers_an_error_without_its_secrets_and_the_node_goes_on(bool overHttp)
    {
        await using var server = await TestNode.StartAsync(acomm =>
        {
            TestTasks.Throw(acomm);
            TestTasks.Add(acomm);
        });
        await using var caller = await TestNode.StartAsync();

        var error = await caller.Acomm.CallAsync<string, Sum>(server.Address(overHttp), "throw", "").Error();

        var text = Assert.IsType<AcommError.TaskFailed>(error).Text;
        Assert.Contains("HandlerFailed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Single(server.Events.All<NodeEvent.HandlerThrew>());
        await caller.Acomm.CallAsync<Numbers, Sum>(server.Address(overHttp), "add", new Numbers(1, 1)).Ok();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unknown_task_is_refused_in_the_acknowledgement(bool overHttp)
    {
        await using var server = await TestNode.StartAsync();
        await using var caller = await TestNode.StartAsync();

        var error = await caller.Acomm.CallAsync<string, Sum>(server.Address(overHttp), "../../etc/passwd", "").Error();

        var rejected = Assert.IsType<AcommError.Rejected>(error);
        Assert.Equal("UnknownTask", rejected.Code);
        Assert.Contains("../../etc/passwd", rejected.Text, StringComparison.Ordinal);
        Assert.Equal(1, caller.Tally.Rejected);
    }

    [Fact]
    public async Task Args_that_do_not_fit_are_answered_with_task_id_and_path()
    {
        await using var server = await TestNode.StartAsync(TestTasks.Add);
        var options = new CallOptions { Id = RequestId.Parse("misfit").Ok() };

        var error = await server.Acomm.RequestAsync<object, Sum>(server.Unix, "add", new { a = 1, b = "two" }, options).Error();

        var text = Assert.IsType<AcommError.TaskFailed>(error).Text;
        Assert.Contains("ArgsMismatch", text, StringComparison.Ordinal);
        Assert.Contains("misfit", text, StringComparison.Ordinal);
        Assert.Contains("$.b", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_does_not_fit_is_told_to_the_caller_with_task_and_path()
    {
        await using var server = await TestNode.StartAsync(TestTasks.Echo);

        var error = await server.Acomm.CallAsync<object, Sum>(server.Unix, "echo", new { value = "forty-two" }).Error();

        var mismatch = Assert.IsType<AcommError.ResultMismatch>(error);
        Assert.Equal("echo", mismatch.Task.Value);
        Assert.Equal("$.value", mismatch.Path);
    }

    [Theory]
    [InlineData("", "AddressMalformed")]
    [InlineData("ftp://127.0.0.1/", "SchemeUnknown")]
    [InlineData("unix://asdf", "AddressUnusable")]
    [InlineData("unix:rel.sock", "AddressUnusable")]
    [InlineData("http:///nohost", "AddressUnusable")]
    public async Task An_address_that_names_nothing_is_an_error_and_nothing_is_sent(string address, string name)
    {
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.CallAsync<string, Sum>(address, "add", "").Error();

        Assert.Equal(name, error.Name);
        Assert.Equal(0, node.Acomm.Outstanding);
        Assert.Equal(0, node.Tally.Registered);
    }

    [Fact]
    public async Task Args_above_the_frame_limit_are_not_sent()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameBytes = 1_000 }, TestTasks.Echo);

        var error = await node.Acomm.CallAsync<string, string>(node.Unix, "echo", new string('x', 2_000)).Error();

        Assert.Equal(1_000, Assert.IsType<AcommError.FrameTooLong>(error).LimitBytes);
    }

    [Fact]
    public async Task A_result_above_the_frame_limit_is_answered_as_an_error_and_not_lost()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameBytes = 1_000 }, acomm => acomm.AddTask<string, string>(
            "long", (_, _, _) => Task.FromResult<Answer<string>>(new string('x', 2_000))));

        var error = await node.Acomm.CallAsync<string, string>(node.Unix, "long", "").Error();

        Assert.Contains("FrameTooLong", Assert.IsType<AcommError.TaskFailed>(error).Text, StringComparison.Ordinal);
    }
}
