using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Reads directories of the file system.</summary>
internal sealed class WorkerDirectory : IWorkerDirectory
{
    public Either<AcommError, Seq<string>> List(string directory)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).ToSeq().Strict();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AcommError.NoWorker(directory, e.Message);
        }
    }
}
