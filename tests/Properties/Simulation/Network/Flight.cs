using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>
/// The bytes of one direction on their way, in pieces that are cut at random places. From some byte on they may be lost, or
/// the connection may end.
/// </summary>
internal sealed class Flight(
    World world, Wire wire, Scope scope, bool reset, Func<bool> parted, Action<Either<AcommError, ReadOnlyMemory<byte>>> arrived, Action broken)
{
    private readonly Queue<int> ends = new(EndsOfPieces(world, wire.Size));
    private readonly int stop = reset ? world.Draw.Below(wire.Size) : wire.Size;
    private readonly int loss = world.Strikes(Fault.Lose) ? world.Draw.Below(wire.Size) : wire.Size;

    public void Begin() => world.After(world.Draw.Millis(0, 1), scope, Next);

    private void Next()
    {
        var end = ends.Dequeue();
        var to = Math.Min(end, Math.Min(stop, loss));
        if (parted())
            return;
        if (to > wire.Taken && wire.Take(to).Case is Either<AcommError, ReadOnlyMemory<byte>> read)
            arrived(read);
        else if (to == stop && stop < wire.Size)
            broken();
        else if (to == end && ends.Count > 0)
            Begin();
    }

    private static IEnumerable<int> EndsOfPieces(World world, int size) => world.Strikes(Fault.Split)
        ? Enumerable.Range(0, world.Draw.Between(1, 5)).Select(_ => world.Draw.Between(1, size)).Append(size).Distinct().Order()
        : [size];
}
