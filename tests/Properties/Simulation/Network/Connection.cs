using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.Violation;

namespace Acomm.Properties.Simulation;

/// <summary>
/// One connection, which carries one document and its acknowledgement, as bytes in pieces. Either side may go, at any
/// byte; the other one then knows what a real one would know.
/// </summary>
internal sealed class Connection
{
    private readonly World world;
    private readonly Parcel parcel;
    private readonly Site site;
    private readonly Node server;
    private readonly Scope scope = new();
    private readonly Action<Either<AcommError, Unit>> done;
    private readonly Wire there;
    private Acknowledgement? said;

    public Connection(World world, Parcel parcel, Site site, Scope sender, Action<Either<AcommError, Unit>> done)
    {
        (this.world, this.parcel, this.site, this.done) = (world, parcel, site, done);
        server = site.Node!;
        there = new Wire(world, parcel.OnWire, parcel.To.IsUnix, !parcel.Raw, world.Plan.Limits.FrameBytes);
        sender.AtEnd(SenderGone);
        server.Process.AtEnd(ServerGone);
    }

    private bool IsUnix => parcel.To.IsUnix;

    private Limits Limits => world.Plan.Limits;

    public void Open()
    {
        world.Note(site.Name, "connected", parcel.Message.IdOf());
        world.After(IsUnix ? Limits.FrameRead : Limits.HttpSend, scope, ReadIsOver);
        Transmit(there, world.Strikes(Fault.Reset), Arrived);
    }

    private void Transmit(Wire wire, bool reset, Action<Either<AcommError, ReadOnlyMemory<byte>>> arrived) =>
        new Flight(world, wire, scope, reset, () => world.Net.AreParted(parcel.From, site.Host), arrived, Broken).Begin();

    private void Arrived(Either<AcommError, ReadOnlyMemory<byte>> read) => Reply(read.Match(Right: Received, Left: Acknowledgement.Refuse));

    private Acknowledgement Received(ReadOnlyMemory<byte> document)
    {
        world.Journal.Mix(document.Span);
        world.Note(site.Name, parcel.Message.NameOf(), parcel.Message.IdOf(), document.Length);
        Expect(
            parcel.Raw || document.Span.SequenceEqual(parcel.Bytes.Span),
            Invariant.Codec,
            $"a document is read as it was written, not as {document.Length} other bytes");
        return server.Receiver.Receive(parcel, document);
    }

    private void Reply(Acknowledgement acknowledgement)
    {
        said = acknowledgement;
        if (acknowledgement is Acknowledgement.Refused refused)
            world.Count("refused: " + refused.Code.IfNone("?"));
        var bytes = Document.Write(acknowledgement);
        var reply = IsUnix ? Known.Of(Frame.Encode(bytes, Domain.Limits.FrameBytesCeiling)) : bytes;
        var back = new Wire(world, reply, IsUnix, whole: true, Domain.Limits.FrameBytesCeiling);
        if (IsUnix)
            world.After(Limits.AckRead, scope, () => Tell(new AcommError.AckTimeout(parcel.To, Limits.AckRead)));
        Transmit(back, world.Strikes(Fault.CutAck), Acknowledged);
    }

    private void Acknowledged(Either<AcommError, ReadOnlyMemory<byte>> reply)
    {
        var status = said is Acknowledgement.Accepted ? 200 : 400;
        var read = reply.Bind(bytes => IsUnix ? world.Core.ReadAck(parcel.To, bytes, Limits) : Acks.Read(parcel.To, status, bytes, Limits));
        Expect(
            said is Acknowledgement.Refused refused ? read.Case is AcommError.Rejected rejected && rejected.Text == refused.Text : read.IsRight,
            Invariant.Codec,
            $"an acknowledgement is read as it was written: {said} became {read}");
        Tell(read);
    }

    // The server gives up waiting for the rest, or the sender for its reply.
    private void ReadIsOver()
    {
        if (said is not null && IsUnix)
            return;
        ServerSees();
        Tell(new AcommError.AckTimeout(parcel.To, IsUnix ? Limits.AckRead : Limits.HttpSend));
    }

    // Cut by the network: both sides learn of it.
    private void Broken()
    {
        ServerSees();
        Tell(Closed("reset"));
    }

    private void SenderGone()
    {
        if (scope.IsOver)
            return;
        ServerSees();
        scope.End();
    }

    private void ServerGone() => Tell(Closed("end of stream"));

    // What ends within a document is no document.
    private void ServerSees()
    {
        if (said is null)
            there.Break();
    }

    private AcommError Closed(string reason) =>
        new AcommError.PeerClosed(parcel.To, reason, IsUnix ? Deliveries.AfterWriting(there.Taken) : Delivery.Indeterminate);

    private void Tell(Either<AcommError, Unit> outcome)
    {
        if (scope.IsOver)
            return;
        scope.End();
        if (outcome.Case is AcommError error)
        {
            world.Note(site.Name, error.Name, parcel.Message.IdOf(), there.Taken);
            Expect(
                error.Delivery != Delivery.NotSent || there.Taken == 0,
                Invariant.NotSentMeansNoByte,
                $"{there.Taken} bytes arrived, and the sender was told {error}");
        }

        done(outcome);
    }
}
