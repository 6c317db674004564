using System.Globalization;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Soak;

/// <summary>The command line: <c>--minutes M [--seed N]</c>.</summary>
internal sealed record Arguments(TimeSpan Time, int Seed)
{
    public const string Usage = "usage: --minutes M [--seed N]";
    private const double LeastMinutes = 0.5;
    private const double MostMinutes = 7 * 24 * 60;

    /// <summary>The arguments, or one line that names the argument and what was wrong with it.</summary>
    public static Either<string, Arguments> Parse(string[] args)
    {
        var (minutes, seed) = (Option<double>.None, Option<int>.None);
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            if (args[i] is not ("--minutes" or "--seed"))
                return $"{Shown.Text(args[i])}: is not known; {Usage}";
            if (value is null)
                return $"{args[i]}: has no value; {Usage}";
            if (args[i] == "--minutes" ? minutes.IsSome : seed.IsSome)
                return $"{args[i]}: is there twice";
            if (args[i] == "--minutes")
                minutes = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var m) ? m : 0;
            else if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var s))
                seed = s;
            else
                return $"--seed: '{Shown.Text(value)}' is not a number from 0 to {int.MaxValue}";
        }

        return minutes.ToEither($"--minutes: is missing; {Usage}").Bind<Arguments>(m => m is >= LeastMinutes and <= MostMinutes
            ? new Arguments(TimeSpan.FromMinutes(m), seed.IfNone(() => Random.Shared.Next()))
            : Left($"--minutes: is not a number from {LeastMinutes.ToString(CultureInfo.InvariantCulture)} to {MostMinutes}"));
    }
}
