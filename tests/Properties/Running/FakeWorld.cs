using System.Collections.Concurrent;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.Properties.Running;

/// <summary>Every capability of a node without a world behind it: documents go where a test says, time passes when it says.</summary>
internal sealed class FakeWorld : IDocumentSender, IStreams, ISecrets, IPublicUrl, INodeEvents
{
    private readonly SemaphoreSlim sends = new(0);
    private int numbers;

    public FakeTimeProvider Time { get; } = new();

    public ConcurrentQueue<(Address To, ReadOnlyMemory<byte> Document)> Sent { get; } = new();

    public ConcurrentQueue<NodeEvent> Events { get; } = new();

    public ConcurrentDictionary<Address, StreamSource> Offered { get; } = new();

    public ConcurrentQueue<Address> Withdrawn { get; } = new();

    public ConcurrentQueue<(Address From, Reach Reach)> Opened { get; } = new();

    /// <summary>What sending leads to; accepted, unless a test says otherwise.</summary>
    public Func<Address, ReadOnlyMemory<byte>, CancellationToken, Task<Either<AcommError, Unit>>> OnSend { get; set; } =
        (_, _, _) => Task.FromResult<Either<AcommError, Unit>>(Unit.Default);

    /// <summary>Takes what only our own peers understand.</summary>
    public Action<Address, ReadOnlyMemory<byte>> OnTell { get; set; } = (_, _) => { };

    /// <summary>Whether there is a connection to a peer that is kept, and what becomes of a document on it; there is none, unless a test says otherwise.</summary>
    public Func<Address, ReadOnlyMemory<byte>, ISent, bool> OnTrySend { get; set; } = (_, _, _) => false;

    /// <summary>What opening a stream leads to; there is none, unless a test says otherwise.</summary>
    public Func<Address, Either<AcommError, Stream>> OnOpen { get; set; } = _ => new AcommError.StreamUnknown();

    public Option<Address> Current { get; set; }

    /// <summary>What publishing leads to, if a test says so.</summary>
    public Func<Address, Either<AcommError, Address>>? OnPublish { get; set; }

    /// <summary>What stands around the calls and handlers of nodes that are made from now on.</summary>
    public AcommInterceptor[] Interceptors { get; set; } = [];

    public static Address At(string text) => Address.Parse(text).IfLeft(error => throw new ArgumentException(error.ToString()));

    public static TaskName Task_(string name) => TaskName.Parse(name).IfLeft(error => throw new ArgumentException(error.ToString()));

    public static RawJson Json(string text) => RawJson.Parse(text).IfLeft(error => throw new ArgumentException(error.ToString()));

    public static RequestId Id(string text) => RequestId.Parse(text).IfLeft(error => throw new ArgumentException(error.ToString()));

    public AcommNode NewNode(Limits? limits = null, params (string Task, TaskHandler Handler)[] tasks) =>
        NewNode([.. tasks.Select(t => new ServedTask(t.Task, t.Handler))], limits);

    public AcommNode NewNode(IReadOnlyList<ServedTask> tasks, Limits? limits = null) => new(
        new NodeSettings(At("unix:///own.sock"), limits ?? Limits.Default, OutsidePolicy.Default),
        new NodeCapabilities(this, this, this, this, this, Time),
        TaskTable.Create(tasks).IfLeft(error => throw new ArgumentException(error.ToString())),
        new PayloadCodec(System.Text.Json.JsonSerializerOptions.Web),
        Interceptors);

    /// <summary>Lets time pass until something is through.</summary>
    public async Task<T> PassUntilAsync<T>(Task<T> through)
    {
        while (!through.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await through;
    }

    /// <summary>Waits until one more document is sent, so many times.</summary>
    public async Task SentAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await sends.WaitAsync();
    }

    /// <summary>Brings a node what it sends to itself.</summary>
    public void LoopBack(AcommNode node) => OnSend = (to, document, _) =>
    {
        if (to == node.Address)
            node.ReceiveOnSocket(document);
        return Task.FromResult<Either<AcommError, Unit>>(Unit.Default);
    };

    public Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, Reach reach, CancellationToken cancel)
    {
        // As a real sender does: what is given up before it begins is not sent.
        cancel.ThrowIfCancellationRequested();
        // Whoever waits for this may change what the next one leads to.
        var send = OnSend;
        Sent.Enqueue((to, document));
        sends.Release();
        return send(to, document, cancel);
    }

    public void Tell(Address to, ReadOnlyMemory<byte> document, Reach reach) => OnTell(to, document.ToArray());

    public bool TrySend(Address to, ReadOnlyMemory<byte> document, ISent sent) => OnTrySend(to, document.ToArray(), sent);

    public Task<Either<AcommError, Stream>> OpenAsync(Address from, Reach reach, CancellationToken cancel)
    {
        Opened.Enqueue((from, reach));
        return Task.FromResult(OnOpen(from));
    }

    public Either<AcommError, OfferedStream> Offer(StreamSource source)
    {
        var address = At($"unix:///streams/{Interlocked.Increment(ref numbers)}");
        Offered[address] = source;
        return new OfferedStream(address, () => Withdrawn.Enqueue(address));
    }

    public Either<AcommError, Address> Publish(Address unixStream) => OnPublish is { } publish ? publish(unixStream) : Current.Match<Either<AcommError, Address>>(
        Some: url => url.Append("stream").WithQuery("addr", unixStream.ToString()),
        None: () => new AcommError.NoPublicUrl(unixStream));

    public RequestId NewId() => Id($"id-{Interlocked.Increment(ref numbers)}");

    public Token NewToken()
    {
        var bytes = new byte[Token.LengthBytes];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref numbers));
        return Token.Of(bytes).IfLeft(default(Token));
    }

    public double NewJitter() => 0.5;

    public void Record(NodeEvent happened) => Events.Enqueue(happened);
}
