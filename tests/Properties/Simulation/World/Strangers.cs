using System.Buffers.Binary;
using System.Text;
using Acomm.Domain;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Those who send what nobody asked for: no documents, and answers to requests of others.</summary>
internal sealed class Strangers(World world)
{
    private static readonly string[] NoDocuments =
    [
        "null", "{", "[1]", "\u0000", "{\"id\":\"\"}", "{\"id\":\"r1\",\"task\":7,\"args\":null}", "{\"id\":\"r1\",\"result\":1,\"error\":\"e\"}",
    ];

    public void Act()
    {
        if (world.Strikes(Fault.Garbage))
            Babble(world.Draw.From(world.Sites));
        if (world.Strikes(Fault.Forge))
            Forge(world.Draw.From(world.Sites));
    }

    private void Babble(Site site)
    {
        var document = Encoding.UTF8.GetBytes(world.Draw.From(NoDocuments));
        var parcel = world.Draw.Below(4) switch
        {
            0 => new Parcel(site.Host, site.PublicUrl, document, null, Raw: true),
            1 => new Parcel(site.Host, site.OwnHook, Header(0), null, Raw: true),
            2 => new Parcel(site.Host, site.OwnHook, Header(world.Draw.Of(uint.MaxValue, (uint)world.Plan.Limits.FrameBytes + 1)), null, Raw: true),
            _ => new Parcel(site.Host, site.OwnHook, Known.Of(Frame.Encode(document, Limits.FrameBytesCeiling)), null, Raw: true),
        };
        world.Net.Send(parcel, world.Whole, sent =>
            Violation.Expect(sent.IsLeft, Invariant.Codec, $"{Encoding.UTF8.GetString(parcel.Bytes.Span)} is not accepted"));
    }

    // A user of the host may answer on the socket; from elsewhere it takes the token, which nobody guesses.
    private void Forge(Site site)
    {
        var id = Known.Id($"r{world.Draw.Below(world.Plan.Ids)}");
        var result = Known.Json(FormattableString.Invariant($"{{\"forged\":{world.Ledger.NextResult()}}}"));
        var to = world.Draw.Below(3) switch
        {
            0 => site.OwnHook,
            1 => Hooks.Guess(site, None),
            _ => Hooks.Guess(site, Known.Token(world.Draw.Secret())),
        };
        if (to.IsUnix)
            world.Ledger.Issue(id, result, null);
        var response = Response.Success(id, result);
        var from = to.IsUnix ? site.Host : world.Draw.From(world.Sites).Host;
        var parcel = new Parcel(from, to, world.Core.WriteResponse(response), new Message.OfResponse(response));
        world.Net.Send(parcel, world.Whole, sent => Violation.Expect(to.IsUnix || sent.IsLeft, Invariant.NobodyForges, $"a forged answer for {id} was accepted"));
    }

    private static byte[] Header(uint length)
    {
        var header = new byte[Frame.HeaderBytes];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        return header;
    }
}
