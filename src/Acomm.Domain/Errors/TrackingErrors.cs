namespace Acomm.Domain;

public abstract partial record AcommError
{
    /// <summary>A request whose id an open request has already.</summary>
    public sealed record DuplicateId(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"an open request has the id {Id} already";
    }

    /// <summary>One open request more than the tracker may hold.</summary>
    public sealed record TrackerFull(int Limit) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Limit} requests are open, which is the limit";
    }

    /// <summary>A timeout that is not positive, or above the limit.</summary>
    public sealed record TimeoutInvalid(TimeSpan Value, TimeSpan Limit) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"timeout of {Value}, it must be above zero and at most {Limit}";
    }

    /// <summary>The node was not started yet.</summary>
    public sealed record NotStarted : AcommError
    {
        /// <inheritdoc/>
        public override string Message => "the node is not started";
    }

    /// <summary>The node is stopping or stopped.</summary>
    public sealed record ShuttingDown : AcommError
    {
        /// <inheritdoc/>
        public override string Message => "the node is shutting down";
    }

    /// <summary>No answer came in time. Whether the task ran is not known.</summary>
    public sealed record TimedOut(RequestId Id, TimeSpan Timeout) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"no answer to request {Id} within {Timeout.TotalSeconds:0.###} s";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Indeterminate;
    }

    /// <summary>The caller gave the request up. Whether the task ran is not known.</summary>
    public sealed record Cancelled(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"request {Id} was cancelled by its caller";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Indeterminate;
    }

    /// <summary>The node stopped before the answer came. Whether the task ran is not known.</summary>
    public sealed record CutByShutdown(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"request {Id} was still open when the node stopped";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Indeterminate;
    }

    /// <summary>A response for a request that was answered before.</summary>
    public sealed record ResponseDuplicate(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"request {Id} was answered already";
    }

    /// <summary>A response for a request that timed out or was given up before.</summary>
    public sealed record ResponseLate(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"request {Id} is not open any more";
    }

    /// <summary>A response that nobody waits for.</summary>
    public sealed record ResponseUnknown(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"no request has the id {Id}";
    }

    /// <summary>A response from outside without the token that the request's hook was given.</summary>
    public sealed record ResponseForbidden(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"request {Id} may not be answered from there";
    }
}
