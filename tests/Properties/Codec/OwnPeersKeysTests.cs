using System.Text;
using Acomm.Domain;
using Acomm.Properties.Generators;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>What only our own peers write: the time that is left, the trace, and cancellations. None of it can make a document wrong.</summary>
[Props(typeof(Messages), 200)]
public sealed class OwnPeersKeysTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("60000", 60_000L)]
    [InlineData("2592000000", 2_592_000_000L)]
    [InlineData("2592000001", null)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("1e3", null)]
    [InlineData("\"60\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("99999999999999999999999", null)]
    public void A_time_that_is_left_is_a_whole_number_of_milliseconds_and_anything_else_is_none(string json, long? milliseconds) => Assert.Equal(
        milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : Option<TimeSpan>.None,
        ReadRequest($$"""{"id":"1","task":"t","timeoutMs":{{json}}}""").Timeout);

    [Fact]
    public void Less_than_a_millisecond_that_is_left_is_written_as_one() => Assert.Equal(
        TimeSpan.FromMilliseconds(1),
        Rewritten(TimeSpan.FromTicks(1)).Timeout);

    [Theory]
    [InlineData(Parent, true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-011", false)]
    [InlineData("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false)]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g", false)]
    [InlineData("00x0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319cxb7ad6b7169203331-01", false)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331x01", false)]
    [InlineData("", false)]
    public void A_traceparent_is_one_of_version_00_or_as_if_it_were_not_there(string parent, bool isThere)
    {
        Assert.Equal(isThere, TraceContext.Parse(parent).IsSome);
        Assert.Equal(isThere, ReadRequest($$"""{"id":"1","task":"t","traceparent":"{{parent}}"}""").Trace.IsSome);
    }

    [Theory]
    [InlineData(512, 512)]
    [InlineData(513, 0)]
    public void A_tracestate_that_is_too_long_is_left_out(int chars, int kept) =>
        Assert.Equal(kept, TraceContext.Parse(Parent, new string('a', chars)).Map(trace => trace.State.Length));

    [Theory]
    [InlineData("a=\u001f")]
    [InlineData("a=\u007f")]
    [InlineData("a=é")]
    public void A_tracestate_of_other_than_printable_ASCII_is_left_out(string state) =>
        Assert.Equal("", TraceContext.Parse(Parent, state).Map(trace => trace.State));

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_trace_that_is_no_text_refuses_nothing(string json) =>
        Assert.Equal(Option<TraceContext>.None, ReadRequest($$"""{"id":"1","task":"t","traceparent":{{json}},"tracestate":{{json}}}""").Trace);

    [Prop]
    public void A_cancellation_is_read_as_it_was_written(RequestId id, Address hook)
    {
        var written = new Cancellation(id, hook);
        foreach (var read in new[] { Document.ReadMessage(Document.Write(written), Limits.Default), Document.ReadRequestOrCancellation(Document.Write(written), Limits.Default) })
            Assert.Equal(written, Assert.IsType<Message.OfCancellation>(read.Right()).Cancellation);
    }

    [Prop]
    public void Where_requests_come_they_are_read_as_such_and_what_is_none_is_told_as_a_request_that_is_wrong(Request request, Response response)
    {
        Assert.Equal(request, Assert.IsType<Message.OfRequest>(Document.ReadRequestOrCancellation(Document.Write(request), Limits.Default).Right()).Request);
        foreach (var wrong in new[] { Document.Write(response), Bytes("[1]"), Bytes("{") })
            Assert.Equal(Document.ReadRequest(wrong, Limits.Default).Left(), Document.ReadRequestOrCancellation(wrong, Limits.Default).Left());
    }

    [Theory]
    [InlineData("""{"cancel":"1"}""", "responseHook is missing")]
    [InlineData("""{"cancel":"1","responseHook":null}""", "responseHook is missing")]
    [InlineData("""{"cancel":"","responseHook":"unix:///a"}""", "id is missing or empty")]
    [InlineData("""{"cancel":7,"responseHook":"unix:///a"}""", "cancel is a number, a string is needed")]
    [InlineData("""{"cancel":"1","responseHook":"ftp://a"}""", "responseHook scheme 'ftp' is not one of unix, http, https")]
    public void A_cancellation_that_is_not_whole_is_refused(string json, string problem) => Assert.Equal(
        problem,
        Assert.Single(Assert.IsType<AcommError.DocumentInvalid>(Document.ReadMessage(Bytes(json), Limits.Default).Left()).Problems).Message);

    [Fact]
    public void A_request_that_has_a_key_of_that_name_stays_a_request() => Assert.IsType<Message.OfRequest>(
        Document.ReadMessage(Bytes("""{"id":"1","task":"t","cancel":true}"""), Limits.Default).Right());

    private static Request Rewritten(TimeSpan timeout) => Document.ReadRequest(
        Document.Write(ReadRequest("""{"id":"1","task":"t"}""") with { Timeout = timeout }), Limits.Default).Right();

    private static Request ReadRequest(string json) => Document.ReadRequest(Bytes(json), Limits.Default).Right();

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
