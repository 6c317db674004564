using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>Who may open a node's sockets. The default: the user that it runs as, and root.</summary>
public sealed record SocketAccess
{
    /// <summary>The owner's only.</summary>
    public static readonly SocketAccess Default = new();

    /// <summary>The numeric id of a group whose members may open the sockets as well.</summary>
    public Option<uint> Group { get; init; }

    /// <summary>
    /// The numeric ids of the users that are served, of those who can open the socket; all of them if it is not set. The
    /// node's own user has to be among them where nodes of that user answer each other.
    /// </summary>
    public Option<Seq<uint>> AllowedUsers { get; init; }

    /// <summary>Whether a socket directory that exists must be closed to all others (0700, or 0750 with a group), and not only to their writing.</summary>
    public bool PrivateDirectory { get; init; }

    /// <summary>The mode of a socket: 0600, or 0660 with a group.</summary>
    public int SocketMode => Group.IsSome ? FileStatus.Octal(6, 6, 0) : FileStatus.Octal(6, 0, 0);

    /// <summary>The mode of a directory that is made: 0700, or 0750 with a group.</summary>
    public int DirectoryMode => Group.IsSome ? FileStatus.Octal(7, 5, 0) : FileStatus.Octal(7, 0, 0);

    /// <summary>Whether a peer is served; <see cref="AcommError.PeerForbidden"/> if there is a list and its user is not on it.</summary>
    public Either<AcommError, PeerIdentity> Check(PeerIdentity peer) =>
        AllowedUsers.ForAll(users => peer is PeerIdentity.UnixProcess process && users.Contains(process.UserId))
            ? Right<AcommError, PeerIdentity>(peer)
            : new AcommError.PeerForbidden(peer);
}
