using Acomm.Domain;
using Acomm.Properties.Generators;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Hooks that were read before are known again, and nothing is read otherwise than it would be without.</summary>
public sealed class AddressMemoTests
{
    private static readonly AddressMemo OfAll = new();

    private readonly AddressMemo memo = new();

    [Prop]
    public void With_a_memo_every_document_is_read_as_without(Damaged damaged, Request request)
    {
        foreach (var bytes in new ReadOnlyMemory<byte>[] { damaged.Bytes, Document.Write(request), Document.Write(request) })
            Assert.Equal(Document.ReadMessage(bytes, Limits.Default), Document.ReadMessage(bytes, Limits.Default, OfAll));
    }

    [Theory]
    [InlineData("""{"Scheme":"unix","Path":"/tmp/x.sock"}""")]
    [InlineData("\"unix:///tmp/x.sock\"")]
    public void A_hook_that_comes_again_is_the_one_that_came_first(string hook) => Assert.Same(Hook(hook), Hook(hook));

    [Fact]
    public void Of_two_hooks_each_is_known_by_its_own_text()
    {
        var hooks = Enumerable.Range(0, 2 * AddressMemo.Capacity).Select(i => $"unix:///tmp/{i}.sock").ToList();
        foreach (var _ in new[] { 1, 2 })
            Assert.All(hooks, hook => Assert.Equal(hook, Hook($"\"{hook}\"").ToString()));
    }

    [Fact]
    public void No_more_than_the_capacity_are_kept()
    {
        var hooks = Enumerable.Range(0, 20 * AddressMemo.Capacity).Select(i => $"\"unix:///tmp/{i}.sock\"").ToList();
        var first = hooks.ConvertAll(Hook);

        // Whoever is read last cannot have been put out; so each is looked for with all the others behind it.
        var kept = hooks.Zip(first).Reverse().Count(pair => ReferenceEquals(Hook(pair.Item1), pair.Item2));
        Assert.InRange(kept, 1, AddressMemo.Capacity);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Longer_json_than_the_limit_is_not_kept(int above, bool isKept)
    {
        const string Start = "{\"Scheme\":\"unix\",\"Path\":\"/x\"";
        var hook = Start + new string(' ', AddressMemo.JsonLimitBytes + above - Start.Length - 1) + "}";
        Assert.Equal(isKept, ReferenceEquals(Hook(hook), Hook(hook)));
    }

    [Fact]
    public void A_hook_over_http_may_hold_a_token_and_is_not_kept() =>
        Assert.NotSame(Hook("\"http://h/proxy?token=1\""), Hook("\"http://h/proxy?token=1\""));

    [Fact]
    public void What_is_no_address_is_none_each_time()
    {
        const string Json = """{"id":"x","task":"t","responseHook":"nowhere"}""";
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal("request: responseHook address 'nowhere' has no scheme", Document.ReadMessage(Read.Utf8(Json), Limits.Default, memo).Left().Message);
    }

    [Fact]
    public void Other_addresses_of_a_request_are_not_kept()
    {
        const string Json = """{"id":"x","task":"t","taskURL":"unix:///a","streamURL":"unix:///b"}""";
        var (first, second) = (RequestOf(Json), RequestOf(Json));
        Assert.NotSame(first.TaskUrl.Case, second.TaskUrl.Case);
        Assert.NotSame(first.StreamUrl.Case, second.StreamUrl.Case);
    }

    private Address Hook(string json) => Assert.IsType<Address>(RequestOf($$"""{"id":"x","task":"t","responseHook":{{json}}}""").ResponseHook.Case);

    private Request RequestOf(string json) =>
        Assert.IsType<Message.OfRequest>(Document.ReadMessage(Read.Utf8(json), Limits.Default, memo).Right()).Request;
}
