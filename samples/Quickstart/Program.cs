using Acomm.Samples.Quickstart;

return args switch
{
    [] => await Caller.RunAsync(SampleFile.LargestOfTheSdk()),
    [var file] => await Caller.RunAsync(file),
    ["worker", var directory] when TempDirectory.IsOne(directory) => await Worker.RunAsync(directory),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: [FILE] - one file, or none for the largest dll of the SDK");
    return 2;
}
