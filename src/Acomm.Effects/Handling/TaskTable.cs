using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Handles the requests of one task. It may throw; the caller then gets <see cref="AcommError.HandlerFailed"/>.</summary>
public delegate Task<Answer<RawJson>> TaskHandler(CallContext call, CancellationToken cancel);

/// <summary>The tasks that a node serves, by name.</summary>
public sealed class TaskTable
{
    private readonly Dictionary<TaskName, TaskHandler> handlers = [];

    /// <summary>A table; <see cref="AcommError.ValueInvalid"/> if a name is not plain, or there twice.</summary>
    public static Either<AcommError, TaskTable> Create(IEnumerable<(string Task, TaskHandler Handler)> tasks)
    {
        var table = new TaskTable();
        foreach (var (task, handler) in tasks)
        {
            var error = TaskName.ParseServed(task)
                .Bind(name => table.handlers.TryAdd(name, handler)
                    ? Prelude.Right<AcommError, TaskName>(name)
                    : new AcommError.ValueInvalid("task", $"'{name}' has a handler already"));
            if (error.Case is AcommError refused)
                return refused;
        }

        return table;
    }

    /// <summary>Whether there is a handler.</summary>
    public bool Serves(TaskName task) => handlers.ContainsKey(task);

    internal TaskHandler this[TaskName task] => handlers[task];
}
