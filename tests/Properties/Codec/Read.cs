using System.Text;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Codec;

/// <summary>Reads documents from text, with the default limits.</summary>
internal static class Read
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static Either<AcommError, Message> Message(string json) => Document.ReadMessage(Utf8(json), Limits.Default);

    public static Either<AcommError, Request> Request(string json) => Document.ReadRequest(Utf8(json), Limits.Default);

    public static Either<AcommError, Response> Response(string json) => Document.ReadResponse(Utf8(json), Limits.Default);

    public static Either<AcommError, Acknowledgement> Acknowledgement(string json) => Document.ReadAcknowledgement(Utf8(json), Limits.Default);

    /// <summary>Reads the JSON of one URL, as the stream of a response.</summary>
    public static Either<AcommError, Address> Url(string json) =>
        Response($$"""{"id":"x","result":null,"error":"","streamURL":{{json}}}""")
            .Bind(response => response.StreamUrl.ToEither<AcommError>(new AcommError.StreamMissing(response.Id)));

    /// <summary>The text of an address, null for none.</summary>
    public static string? Text(Option<Address> address) => address.MatchUnsafe(Some: a => a.ToString(), None: () => null);
}
