using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// Calls a task that several workers of this host serve. They are tried in the order of their priority; the next one
/// only if the request was certainly not taken. (Go: the coordinator's choice of a provider.)
/// </summary>
public sealed class Workers(IAcomm acomm, IWorkerDirectory directories)
{
    /// <summary>Calls the task at the first worker that takes it; <see cref="AcommError.NoWorker"/> if none does. Errors as of a call else.</summary>
    /// <param name="directory">The directory with the workers' sockets, named by priority (<see cref="WorkerOrder"/>).</param>
    /// <param name="task">The task.</param>
    /// <param name="args">Its args.</param>
    /// <param name="timeout">How long to wait for the answer of one worker; 60 s by default.</param>
    /// <param name="cancel">Gives the call up.</param>
    public async Task<Either<AcommError, Reply<TResult>>> CallAsync<TArgs, TResult>(
        string directory, string task, TArgs args, TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        var listed = directories.List(directory);
        if (listed.Case is AcommError unreadable)
            return unreadable;
        var name = TaskName.Parse(task);
        if (name.Case is AcommError unnamed)
            return unnamed;
        AcommError last = new AcommError.NoWorker(directory, "there is no socket in it");
        foreach (var socket in WorkerOrder.Of(listed.IfLeft(default(Seq<string>))))
        {
            var called = await Address.Unix($"{directory.TrimEnd('/')}/{socket}").MatchAsync(
                RightAsync: to => acomm.RequestAsync<TArgs, TResult>(to, name.IfLeft(default(TaskName)), args, new CallOptions { Timeout = timeout }, cancel),
                Left: error => error).ConfigureAwait(false);
            if (called.Case is not AcommError error || !WorkerOrder.TriesNext(error))
                return called;
            last = new AcommError.NoWorker(directory, error.ToString());
        }

        return last;
    }
}
