using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Can list the sockets of a task's workers.</summary>
public interface IWorkerDirectory
{
    /// <summary>The names in a directory, in no order; <see cref="AcommError.NoWorker"/> if it cannot be read.</summary>
    Either<AcommError, Seq<string>> List(string directory);
}
