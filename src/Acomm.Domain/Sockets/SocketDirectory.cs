using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>One of the directories on the way to a socket.</summary>
public readonly record struct PathPart(string Path, FileStatus Status);

/// <summary>
/// Whether nobody but this user and root can put another socket in the place of ours. The rules:
/// the directory of a socket is a directory and no symbolic link, belongs to this user or to root, and nobody else may
/// write in it, unless it is sticky (as /tmp is), where nobody can remove what is not theirs. The same holds for every
/// directory above it, where a symbolic link of this user's or of root's may stand as well.
/// </summary>
public static class SocketDirectory
{
    private const string Safe = "nobody else can write there";

    /// <summary>The first thing that is wrong, as <see cref="AcommError.DirectoryUnsafe"/>.</summary>
    /// <param name="directory">The directory itself.</param>
    /// <param name="above">The directories and links that lead to it.</param>
    /// <param name="user">The user that the node runs as.</param>
    /// <param name="access">Who may open the sockets in it.</param>
    public static Option<AcommError> Check(PathPart directory, Seq<PathPart> above, uint user, SocketAccess access) =>
        Kind(directory).Concat(Private(directory, access)).Concat(above.Add(directory).Bind(part => Owned(part, user))).HeadOrNone();

    private static Seq<AcommError> Kind(PathPart directory) => When(
        directory.Status.Kind != FileKind.Directory, directory, "a directory", Shown(directory.Status.Kind));

    private static Seq<AcommError> Private(PathPart directory, SocketAccess access) => When(
        access.PrivateDirectory && (directory.Status.Mode & FileStatus.Octal(7, 7, 7) & ~access.DirectoryMode) != 0,
        directory,
        $"mode {(directory.Status with { Mode = access.DirectoryMode }).ShownMode}",
        $"mode {directory.Status.ShownMode}");

    private static Seq<AcommError> Owned(PathPart part, uint user)
    {
        var (kind, owner) = (part.Status.Kind, part.Status.Owner);
        return When(owner != user && owner != 0, part, user == 0 ? "owner 0" : $"owner {user} or 0", $"owner {owner}")
            .Concat(When(kind == FileKind.Directory && part.Status.IsOpenToOthers, part, Safe, $"mode {part.Status.ShownMode}"));
    }

    private static Seq<AcommError> When(bool wrong, PathPart part, string expected, string found) =>
        wrong ? Seq1<AcommError>(new AcommError.DirectoryUnsafe(part.Path, expected, found)) : Empty;

    private static string Shown(FileKind kind) => kind switch
    {
        FileKind.Socket => "a socket",
        FileKind.SymbolicLink => "a symbolic link",
        _ => "a file",
    };
}
