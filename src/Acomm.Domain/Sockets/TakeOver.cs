using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// What is to be done about what stands at a path that is to be listened on. Only a socket that nobody answers on is
/// ever removed. It is asked under a lock, once without and, if it wants one, once with the outcome of a connection.
/// </summary>
public abstract record TakeOver
{
    private TakeOver() { }

    /// <summary>Nothing is there: bind.</summary>
    public sealed record Bind : TakeOver;

    /// <summary>A socket is there: connect to it, and decide again.</summary>
    public sealed record Probe : TakeOver;

    /// <summary>A dead owner's socket is there: remove it and bind.</summary>
    public sealed record Replace : TakeOver;

    /// <summary>Leave it as it is.</summary>
    public sealed record Refuse(AcommError Error) : TakeOver;

    /// <summary>Decides, before anybody connected.</summary>
    public static TakeOver Decide(string path, Option<FileStatus> found) => found.Match<TakeOver>(
        Some: file => file.Kind == FileKind.Socket ? new Probe() : new Refuse(new AcommError.ListenFailed(path, "a file is there that is no socket")),
        None: () => new Bind());

    /// <summary>Decides by what a connection to the socket led to. Whoever has a full queue is alive, and so may be who failed otherwise.</summary>
    public static TakeOver Decide(string path, ConnectOutcome probed) =>
        probed is ConnectOutcome.NoSuchSocket or ConnectOutcome.NobodyListens ? new Replace() : new Refuse(new AcommError.AddressInUse(path));

    /// <summary>Whether what stands at the path now is the socket that was bound there, and may be removed when that closes.</summary>
    public static bool IsOurs(FileId bound, Option<FileStatus> found) => found.Exists(file => file.Id == bound);

    /// <summary>Whether a file whose name says that it is this node's may be removed at its start.</summary>
    public static bool IsLeftover(Option<FileStatus> found, uint user) => found.Exists(file => file.Kind == FileKind.Socket && file.Owner == user);
}
