using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Adapters;

/// <summary>Makes and looks at the directories of sockets.</summary>
internal static class SocketDirectories
{
    /// <summary>
    /// Makes a directory if it is missing, and checks that a socket is safe there (<see cref="AcommError.DirectoryUnsafe"/>).
    /// Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
    /// </summary>
    public static Either<AcommError, Unit> Prepare(string path, SocketAccess access)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        var made = NativeFile.Status(path).IsNone;
        if (made)
            Directory.CreateDirectory(path, (UnixFileMode)access.DirectoryMode);
        var directory = PartAt(path);
        var above = Above(path).Concat(Above(RealPath(path)));
        if (SocketDirectory.Check(directory, above, NativeFile.User, access with { PrivateDirectory = access.PrivateDirectory && !made }).Case is AcommError error)
            return error;
        if (made && access.Group.Case is uint group)
        {
            // Only now, when it is known to be ours; and the mode that it was made with was cut by the umask.
            NativeFile.SetGroup(path, group);
            File.SetUnixFileMode(path, (UnixFileMode)access.DirectoryMode);
        }

        return unit;
    }

    private static Seq<PathPart> Above(string path)
    {
        var parts = new List<PathPart>();
        for (var above = Path.GetDirectoryName(path); above is not null; above = Path.GetDirectoryName(above))
            parts.Insert(0, PartAt(above));
        return parts.ToSeq().Strict();
    }

    private static PathPart PartAt(string path) =>
        new(path, NativeFile.Status(path).IfNone(() => throw new DirectoryNotFoundException($"'{path}' went away")));

    // Part by part, since a link may stand anywhere on the way, and one may lead to another.
    private static string RealPath(string path)
    {
        var above = Path.GetDirectoryName(path);
        if (above is null)
            return path;
        var here = new DirectoryInfo(Path.Combine(RealPath(above), Path.GetFileName(path)));
        return here.LinkTarget is null ? here.FullName : RealPath(here.ResolveLinkTarget(returnFinalTarget: false)!.FullName);
    }
}
