using Acomm.Adapters;
using Acomm.Effects;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddAcomm(o => o.SocketPath = "/tmp/acomm/worker.sock")
    .AddTask<CountArgs, Counted>("count", args => args.Text.Length == 0
        ? Answer.Fail("there is no text")
        : new Counted(args.Text.Split(' ').Length))
    .AddTask<Nothing, Lines>("lines", async (_, call, cancel) =>
    {
        var opened = await call.OpenStreamAsync(cancel);
        if (opened.Case is not Stream stream)
            return Answer.Fail($"there is nothing to count: {opened}");
        using var reader = new StreamReader(stream);
        var lines = 0;
        while (await reader.ReadLineAsync(cancel) is not null)
            lines++;
        return new Lines(lines);
    })
    .AddTask("sleep", async (Nap nap, CancellationToken cancel) =>
    {
        // Ends early: the token is cancelled when the caller waits no longer.
        await Task.Delay(TimeSpan.FromSeconds(nap.Seconds), cancel);
        return nap;
    });

var app = builder.Build();
app.MapAcomm();
app.Run();

record CountArgs(string Text);
record Counted(int Words);
record Nothing;
record Lines(int Count);
record Nap(int Seconds);
