namespace Acomm.Domain;

public abstract partial record AcommError
{
    /// <summary>A request for a task that this node does not serve.</summary>
    public sealed record UnknownTask(TaskName Task) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"no handler for the task '{Shown.Text(Task.Value)}'";
    }

    /// <summary>A service that the handler of a task needs, and that the application did not add.</summary>
    public sealed record ServiceMissing(string Task, string Service) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"the task '{Shown.Text(Task)}' needs the service {Shown.Text(Service)}, which was not added";
    }

    /// <summary>A request more than may wait for the handlers of its task.</summary>
    public sealed record TaskOverloaded(TaskName Task, int Limit) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Limit} requests wait for the task '{Shown.Text(Task.Value)}', which is the limit";
    }

    /// <summary>A request more than may be held until a handler is free.</summary>
    public sealed record NodeOverloaded(long LimitBytes) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"requests that wait for handlers may hold {LimitBytes} bytes, and one more would be over it";
    }

    /// <summary>No worker of a task took the request; <paramref name="Reason"/> is the last one's error, or why there was none.</summary>
    public sealed record NoWorker(string Directory, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"no worker in '{Shown.Text(Directory)}' took the request: {Shown.Text(Reason)}";
    }

    /// <summary>The answer is an error; <paramref name="Text"/> is the answering side's own, the message shows it shortened and on one line.</summary>
    public sealed record TaskFailed(string Text) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => Shown.Text(Text);

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Taken;
    }

    /// <summary>The handler of a task threw; only the kind of the exception is told to the caller.</summary>
    public sealed record HandlerFailed(TaskName Task, string Exception) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"the handler of the task '{Shown.Text(Task.Value)}' failed with {Shown.Text(Exception)}";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Taken;
    }

    /// <summary>An interceptor on the way to or from a task threw, or gave nothing; only the kind of the exception is told.</summary>
    public sealed record InterceptorFailed(TaskName Task, string Interceptor, string Exception, Delivery State) : AcommError
    {
        /// <inheritdoc/>
        public override string Message =>
            $"the interceptor {Shown.Text(Interceptor)} of the task '{Shown.Text(Task.Value)}' failed with {Shown.Text(Exception)}";

        /// <inheritdoc/>
        public override Delivery Delivery => State;
    }

    /// <summary>Args that do not fit the type that the handler of the task takes; <paramref name="Path"/> is a JSON path.</summary>
    public sealed record ArgsMismatch(TaskName Task, RequestId Id, string Path, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"args of the task '{Shown.Text(Task.Value)}', request {Id}, at {Shown.Text(Path)}: {Shown.Text(Reason)}";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Taken;
    }

    /// <summary>A result that does not fit the type that the caller asked for; <paramref name="Path"/> is a JSON path.</summary>
    public sealed record ResultMismatch(TaskName Task, RequestId Id, string Path, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"result of the task '{Shown.Text(Task.Value)}', request {Id}, at {Shown.Text(Path)}: {Shown.Text(Reason)}";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Taken;
    }
}
