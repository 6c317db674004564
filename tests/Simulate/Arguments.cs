using System.Globalization;
using Acomm.Properties.Simulation;

namespace Acomm.Simulate;

/// <summary>What the command line asks for.</summary>
/// <param name="Seeds">How many seeds are run.</param>
/// <param name="From">The first of them.</param>
/// <param name="Reads">Whether the history is printed as it happens.</param>
internal sealed record Arguments(ulong Seeds, ulong From, bool Reads)
{
    public const string Usage = "usage: --seeds N [--from S]: runs N seeds from S on | --seed S: runs one and prints its history";

    /// <summary>The arguments, or what is wrong with them.</summary>
    public static (Arguments? Arguments, string Problem) Parse(IReadOnlyList<string> args)
    {
        ulong? seeds = null, from = null, seed = null;
        for (var i = 0; i < args.Count; i += 2)
        {
            var name = args[i];
            if (name is not ("--seeds" or "--from" or "--seed"))
                return (null, $"{name}: no such argument");
            if (i + 1 == args.Count || !ulong.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return (null, $"{name}: a whole number must follow{(i + 1 == args.Count ? "" : $", not '{args[i + 1]}'")}");
            if ((name == "--seeds" ? seeds : name == "--from" ? from : seed) is not null)
                return (null, $"{name}: given twice");
            (seeds, from, seed) = name switch
            {
                "--seeds" => (value, from, seed),
                "--from" => (seeds, value, seed),
                _ => (seeds, from, (ulong?)value),
            };
        }

        return (seeds, from, seed) switch
        {
            (null, null, { } one) => (new Arguments(1, one, Reads: true), ""),
            (_, _, not null) => (null, "--seed: stands alone"),
            (null, _, _) => (null, "--seeds: is missing"),
            (0, _, _) => (null, "--seeds: at least 1 is needed"),
            ({ } count, _, _) => (new Arguments(count, from ?? Seed.Base, Reads: false), ""),
        };
    }
}
