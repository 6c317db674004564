using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Handles the requests of one task. It may throw; the caller then gets <see cref="AcommError.HandlerFailed"/>.</summary>
public delegate Task<Answer<RawJson>> TaskHandler(CallContext call, CancellationToken cancel);

/// <summary>A task that a node serves.</summary>
/// <param name="Name">A plain name.</param>
/// <param name="Handler">Handles its requests.</param>
/// <param name="Concurrency">How many of them at a time; <see cref="Limits.HandlersPerTask"/> if it is not set.</param>
public sealed record ServedTask(string Name, TaskHandler Handler, int? Concurrency = null);

/// <summary>The tasks that a node serves, by name.</summary>
public sealed class TaskTable
{
    private readonly Dictionary<TaskName, TaskHandler> handlers = [];
    private HashMap<EqTaskName, TaskName, int> concurrency;

    /// <summary>A table; <see cref="AcommError.ValueInvalid"/> if a name is not plain, or there twice, or a concurrency below 1.</summary>
    public static Either<AcommError, TaskTable> Create(IEnumerable<ServedTask> tasks)
    {
        var table = new TaskTable();
        foreach (var task in tasks)
        {
            if (TaskName.ParseServed(task.Name).Bind(name => table.Add(name, task)).Case is AcommError refused)
                return refused;
        }

        return table;
    }

    /// <summary>The tasks that have a limit of their own.</summary>
    internal HashMap<EqTaskName, TaskName, int> Concurrency => concurrency;

    /// <summary>The tasks that have a handler.</summary>
    internal IEnumerable<TaskName> Names => handlers.Keys;

    /// <summary>Whether there is a handler.</summary>
    public bool Serves(TaskName task) => handlers.ContainsKey(task);

    internal TaskHandler this[TaskName task] => handlers[task];

    /// <summary>The same tasks, with something around their handlers.</summary>
    internal TaskTable With(Func<TaskHandler, TaskHandler> around)
    {
        var table = new TaskTable { concurrency = concurrency };
        foreach (var (name, handler) in handlers)
            table.handlers.Add(name, around(handler));
        return table;
    }

    private Either<AcommError, Unit> Add(TaskName name, ServedTask task)
    {
        if (task.Concurrency < 1)
            return new AcommError.ValueInvalid("concurrency", $"of the task '{name}' is {task.Concurrency}, it must be at least 1");
        if (!handlers.TryAdd(name, task.Handler))
            return new AcommError.ValueInvalid("task", $"'{name}' has a handler already");
        if (task.Concurrency is { } limit)
            concurrency = concurrency.Add(name, limit);
        return Unit.Default;
    }
}
