using Acomm.Fuzzing;
using SharpFuzz;

if (args is not [var name, .. var files] || FuzzTarget.All.FirstOrDefault(t => t.Name == name) is not { } target)
{
    Console.Error.WriteLine($"usage: TARGET [FILE...] - one of {string.Join(", ", FuzzTarget.All)}; without a file it is for afl-fuzz to start");
    return 2;
}

if (files.Length == 0)
{
    Fuzzer.OutOfProcess.Run(input =>
    {
        using var all = new MemoryStream();
        input.CopyTo(all);
        target.Run(all.ToArray());
    });
    return 0;
}

// Once for the costs of the first time, which are no input's.
foreach (var known in Corpus.Of(target))
    target.Check(known);
foreach (var file in files)
{
    target.Run(await File.ReadAllBytesAsync(file));
    Console.WriteLine($"{file}: nothing found");
}

return 0;
