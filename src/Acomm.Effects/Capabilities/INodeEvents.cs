using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>Is told what happened, for logs and figures. It must not throw or block.</summary>
public interface INodeEvents
{
    /// <summary>Something happened.</summary>
    void Record(NodeEvent happened);
}

/// <summary>What an operator may want to know. None of it holds a payload or a token.</summary>
public abstract record NodeEvent
{
    private NodeEvent() { }

    /// <summary>A document was refused in its acknowledgement.</summary>
    public sealed record DocumentRefused(AcommError Error, int Bytes) : NodeEvent;

    /// <summary>A handler threw.</summary>
    public sealed record HandlerThrew(TaskName Task, RequestId Id, Exception Exception) : NodeEvent;

    /// <summary>An interceptor threw.</summary>
    public sealed record InterceptorThrew(TaskName Task, string Interceptor, Exception Exception) : NodeEvent;

    /// <summary>An answer could not be brought to its hook.</summary>
    public sealed record AnswerLost(RequestId Id, Address Hook, AcommError Error) : NodeEvent;

    /// <summary>A request was not, or not certainly, sent.</summary>
    public sealed record SendFailed(RequestId Id, Address To, AcommError Error) : NodeEvent;

    /// <summary>A stream was not read to its end.</summary>
    public sealed record StreamFailed(Address Address, AcommError Error) : NodeEvent;

    /// <summary>Somebody asked over HTTP for a stream that was not given to him; a guess at a token is one of these.</summary>
    public sealed record StreamRefused(AcommError Error, IpAddress From) : NodeEvent;

    /// <summary>A connection could not be accepted; it is tried again after the pause.</summary>
    public sealed record AcceptFailed(string Path, string Reason, TimeSpan Pause) : NodeEvent;

    /// <summary>Work of the node's own threw, which is a defect; the node goes on.</summary>
    public sealed record Faulted(Exception Exception) : NodeEvent;

    /// <summary>A stop cut what was still open.</summary>
    public sealed record Cut(long Requests, int Handlers) : NodeEvent;
}
