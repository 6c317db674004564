using Acomm.Soak;

return args switch
{
    [WorkerProcess.Verb, var socket] => await Worker.RunAsync(socket),
    _ => await Arguments.Parse(args).MatchAsync(RightAsync: Run.MainAsync, Left: problem =>
    {
        Console.Error.WriteLine(problem);
        return 2;
    }),
};
