namespace Acomm.Domain;

/// <summary>What stands at a path itself; a symbolic link is not followed.</summary>
public enum FileKind
{
    /// <summary>A unix socket.</summary>
    Socket,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>Which file it is, whatever its name: its device and its inode.</summary>
public readonly record struct FileId(ulong Device, ulong Inode);

/// <summary>What the system tells of a file. The mode is the permission bits with the sticky bit and its like.</summary>
public readonly record struct FileStatus(FileKind Kind, uint Owner, int Mode, FileId Id)
{
    private const int Sticky = 1 << 9;

    /// <summary>Whether others than its owner can put something else into a directory, or take something of others out of it.</summary>
    public bool IsOpenToOthers => (Mode & Octal(0, 2, 2)) != 0 && (Mode & Sticky) == 0;

    /// <summary>The mode as it is usually written, for example <c>0700</c>.</summary>
    public string ShownMode => $"0{Convert.ToString(Mode, 8).PadLeft(3, '0')}";

    /// <summary>The permission bits of three octal digits.</summary>
    public static int Octal(int owner, int group, int others) => (owner << 6) | (group << 3) | others;
}
