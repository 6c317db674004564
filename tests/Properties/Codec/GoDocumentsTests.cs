using Acomm.Domain;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>What Go peers send is read to exactly what it says.</summary>
public sealed class GoDocumentsTests
{
    public static TheoryData<GoRequest> Requests => [.. GoDocuments.Requests];

    public static TheoryData<GoResponse> Responses => [.. GoDocuments.Responses];

    public static TheoryData<GoResponse> Acknowledgements => [.. GoDocuments.Acknowledgements];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_says_what_its_writer_meant(GoRequest sent)
    {
        var read = Read.Request(sent.Json).Right();
        Assert.Equal(GoDocuments.Id, read.Id.Value);
        Assert.Equal(sent.Task, read.Task.Value);
        Assert.Equal(sent.Args, read.Args.ToString());
        Assert.Equal(sent.Hook, Read.Text(read.ResponseHook));
        Assert.Equal(sent.TaskUrl, Read.Text(read.TaskUrl));
        Assert.Equal(sent.StreamUrl, Read.Text(read.StreamUrl));
        Assert.Equal(new Message.OfRequest(read), Read.Message(sent.Json).Right());
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void A_response_says_what_its_writer_meant(GoResponse sent)
    {
        var read = Read.Response(sent.Json).Right();
        Assert.Equal(GoDocuments.Id, read.Id.Value);
        Assert.Equal(sent.StreamUrl, Read.Text(read.StreamUrl));
        if (sent.Error.Length > 0)
            Assert.Equal(sent.Error, Assert.IsType<Outcome.Failure>(read.Outcome).Text);
        else
            Assert.Equal(sent.Result, Assert.IsType<Outcome.Success>(read.Outcome).Result.ToString());
        Assert.Equal(new Message.OfResponse(read), Read.Message(sent.Json).Right());
    }

    [Theory]
    [MemberData(nameof(Acknowledgements))]
    public void An_acknowledgement_says_what_its_writer_meant(GoResponse sent)
    {
        var expected = sent.Error.Length == 0 ? Acknowledgement.Ok : new Acknowledgement.Refused(sent.Error, Option<string>.None);
        Assert.Equal(expected, Read.Acknowledgement(sent.Json).Right());
    }

    // An acknowledgement has an empty id, which no response may have.
    [Theory]
    [MemberData(nameof(Acknowledgements))]
    public void An_acknowledgement_is_no_response(GoResponse sent) =>
        Assert.Equal("response: id is missing or empty", Read.Response(sent.Json).Left().Message);
}
