using System.Diagnostics;
using Acomm.Properties.Simulation;
using Acomm.Simulate;

var (arguments, problem) = Arguments.Parse(args);
if (arguments is null)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

var taken = Stopwatch.StartNew();
var told = TimeSpan.Zero;
var summary = new Summary();
for (var n = 0UL; n < arguments.Seeds; n++)
{
    var run = Run.Of(unchecked(arguments.From + n), Core.Real, arguments.Reads ? happening => Console.WriteLine(happening) : null);
    summary.Add(run);
    if (run.Violation is not null)
    {
        Console.WriteLine(run.Report());
        return 1;
    }

    if (arguments.Reads)
        Console.WriteLine(run.Report());
    if (taken.Elapsed - told < TimeSpan.FromSeconds(5))
        continue;
    told = taken.Elapsed;
    Console.WriteLine(FormattableString.Invariant(
        $"{n + 1} of {arguments.Seeds} seeds from {arguments.From} on, {summary.Steps} steps, {summary.Steps / told.TotalSeconds:0} steps/s"));
}

summary.Write(Console.Out, taken.Elapsed);
return 0;
