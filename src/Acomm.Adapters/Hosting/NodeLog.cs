using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Logging;

namespace Acomm.Adapters;

/// <summary>
/// A log line for each event, with ids, sizes and addresses; never with payloads or tokens. Of many of one kind within a
/// second the rest is only counted: a peer must not be able to fill a disk, or to slow others down by a slow console.
/// </summary>
internal sealed partial class NodeLog(ILogger log, TimeProvider time) : INodeEvents
{
    /// <summary>Of the unnamed node; the name of another one stands behind it.</summary>
    public static readonly string Category = typeof(AcommNode).FullName!;

    private readonly Lock gate = new();
    private readonly Dictionary<Type, Throttle> throttles = [];
    private readonly long start = time.GetTimestamp();

    public void Record(NodeEvent happened)
    {
        var (isTold, untold) = Throttled(happened.GetType());
        if (untold > 0)
            EventsNotLogged(untold, happened.GetType().Name);
        if (isTold)
            Tell(happened);
    }

    private (bool IsTold, long Untold) Throttled(Type kind)
    {
        lock (gate)
        {
            var (next, isTold, untold) = throttles.GetValueOrDefault(kind).Happened(new Instant(time.GetElapsedTime(start).Ticks));
            throttles[kind] = next;
            return (isTold, untold);
        }
    }

    private void Tell(NodeEvent happened)
    {
        switch (happened)
        {
            case NodeEvent.DocumentRefused e:
                DocumentRefused(e.Bytes, e.Error.Name, e.Error.Message);
                break;
            case NodeEvent.HandlerThrew e:
                HandlerThrew(e.Task.ToString(), e.Id.ToString(), e.Exception);
                break;
            case NodeEvent.InterceptorThrew e:
                InterceptorThrew(e.Interceptor, e.Task.ToString(), e.Exception);
                break;
            case NodeEvent.AnswerLost e:
                AnswerLost(e.Id.ToString(), e.Hook.Shown, e.Error.Name, e.Error.Message);
                break;
            case NodeEvent.SendFailed e:
                SendFailed(e.Id.ToString(), e.To.Shown, e.Error.Name, e.Error.Message);
                break;
            case NodeEvent.StreamFailed e:
                StreamFailed(e.Address.Shown, e.Error.Name, e.Error.Message);
                break;
            case NodeEvent.StreamRefused e:
                StreamRefused(e.From.ToString(), e.Error.Name, e.Error.Message);
                break;
            case NodeEvent.AcceptFailed e:
                AcceptFailed(e.Path, e.Reason, e.Pause.TotalMilliseconds);
                break;
            case NodeEvent.Faulted e:
                Faulted(e.Exception);
                break;
            case NodeEvent.Cut e:
                Cut(e.Requests, e.Handlers);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Refused a document of {Bytes} bytes: {Error}: {Reason}")]
    private partial void DocumentRefused(int bytes, string error, string reason);

    [LoggerMessage(2, LogLevel.Error, "The handler of {Task} threw on request {Id}")]
    private partial void HandlerThrew(string task, string id, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "The answer to {Id} did not reach {Hook}: {Error}: {Reason}")]
    private partial void AnswerLost(string id, string hook, string error, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Request {Id} was not, or not certainly, taken by {To}: {Error}: {Reason}")]
    private partial void SendFailed(string id, string to, string error, string reason);

    [LoggerMessage(5, LogLevel.Warning, "The stream {Address} failed: {Error}: {Reason}")]
    private partial void StreamFailed(string address, string error, string reason);

    [LoggerMessage(6, LogLevel.Error, "A defect of the node's own")]
    private partial void Faulted(Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "The stop cut {Requests} open requests and {Handlers} handlers and answers")]
    private partial void Cut(long requests, int handlers);

    [LoggerMessage(8, LogLevel.Warning, "Refused a stream to {From}: {Error}: {Reason}")]
    private partial void StreamRefused(string from, string error, string reason);

    [LoggerMessage(9, LogLevel.Warning, "No connection could be accepted on {Path}: {Reason}; tried again in {PauseMillis} ms")]
    private partial void AcceptFailed(string path, string reason, double pauseMillis);

    [LoggerMessage(10, LogLevel.Warning, "{Count} more events of the kind {Kind} were not logged")]
    private partial void EventsNotLogged(long count, string kind);

    [LoggerMessage(11, LogLevel.Error, "The interceptor {Interceptor} of {Task} threw")]
    private partial void InterceptorThrew(string interceptor, string task, Exception exception);
}
