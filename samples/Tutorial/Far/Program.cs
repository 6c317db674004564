using Acomm.Adapters;
using Acomm.Effects;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddAcomm(o => o.SocketPath = "/tmp/acomm/far.sock");
var app = builder.Build();
app.MapAcomm();
await app.StartAsync();

var acomm = app.Services.GetRequiredService<IAcomm>();
var answer = await acomm.CallAsync<CountArgs, Counted>("http://127.0.0.1:5080/", "count", new CountArgs("over the hills"));
Console.WriteLine(answer.Match(Right: counted => $"{counted.Words} words", Left: error => $"no answer: {error}"));

await app.StopAsync();

record CountArgs(string Text);
record Counted(int Words);
