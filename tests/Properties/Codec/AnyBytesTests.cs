using System.Text;
using Acomm.Domain;
using Acomm.Properties.Generators;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Whatever a peer sends, the answer is a value or an error of ours: an exception fails these properties.</summary>
public sealed class AnyBytesTests
{
    private static readonly Limits Limits = Limits.Default;

    [Prop]
    public void Every_document_is_a_value_or_an_error(Damaged damaged)
    {
        TotalOf(Document.ReadMessage(damaged.Bytes, Limits));
        TotalOf(Document.ReadRequest(damaged.Bytes, Limits));
        TotalOf(Document.ReadResponse(damaged.Bytes, Limits));
        TotalOf(Document.ReadAcknowledgement(damaged.Bytes, Limits));
    }

    [Prop]
    public void Every_value_is_raw_json_or_an_error(Damaged damaged)
    {
        TotalOf(RawJson.Parse(damaged.Bytes));
        TotalOf(RawJson.Parse(Encoding.Latin1.GetString(damaged.Bytes)));
        TotalOf(RawJson.Parse(Encoding.Unicode.GetString(damaged.Bytes)));
    }

    // UTF-16 of random bytes has lone surrogates in it, Latin-1 every control character.
    [Prop]
    public void Every_text_is_an_address_or_an_error(Damaged damaged)
    {
        foreach (var text in Texts(damaged.Bytes).SelectMany(t => new[] { t, "unix:" + t, "http://" + t, "https://h/" + t }))
        {
            TotalOf(Address.Parse(text)).IfRight(address =>
            {
                TotalOf(address.UnixPath);
                TotalOf(address.HttpTarget);
                AssertSayable(address.Shown);
            });
            TotalOf(Address.Unix(text));
        }
    }

    [Prop]
    public void Every_text_is_a_token_a_name_a_network_or_an_error(Damaged damaged)
    {
        foreach (var text in Texts(damaged.Bytes))
        {
            TotalOf(Token.Parse(text));
            TotalOf(RequestId.Parse(text));
            TotalOf(TaskName.Parse(text));
            TotalOf(TaskName.ParseServed(text));
            TotalOf(IpNetwork.Parse(text));
            _ = IpAddress.Parse(text);
            _ = HostName.IsLocal(text);
        }
    }

    [Prop]
    public void Every_stream_of_bytes_is_frames_or_an_error(Damaged damaged)
    {
        var step = FrameDecoder.WithLimit(64).Feed(damaged.Bytes);
        Assert.All(step.Frames, frame => Assert.InRange(frame.Length, 1, 64));
        step.Decoder.End().IfSome(error => AssertSayable(error.ToString()));
    }

    // A document that is taken says the same when it is written and read again.
    [Prop]
    public void What_is_read_can_be_written_and_read_again(Damaged damaged)
    {
        Document.ReadRequest(damaged.Bytes, Limits).IfRight(r => Assert.Equal(r, Document.ReadRequest(Document.Write(r), Limits).Right()));
        Document.ReadResponse(damaged.Bytes, Limits).IfRight(r => Assert.Equal(r, Document.ReadResponse(Document.Write(r), Limits).Right()));
    }

    private static IEnumerable<string> Texts(byte[] bytes) =>
        [Encoding.UTF8.GetString(bytes), Encoding.Latin1.GetString(bytes), Encoding.Unicode.GetString(bytes)];

    private static Either<AcommError, T> TotalOf<T>(Either<AcommError, T> result)
    {
        Assert.False(result.IsBottom);
        result.IfLeft(error => AssertSayable(error.ToString()));
        return result;
    }

    private static void AssertSayable(string text)
    {
        Assert.NotEmpty(text);
        Assert.DoesNotContain(text, char.IsControl);
    }
}
