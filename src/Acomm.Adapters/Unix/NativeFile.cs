using System.Runtime.InteropServices;
using Acomm.Domain;
using LanguageExt;
using Microsoft.Win32.SafeHandles;

namespace Acomm.Adapters;

/// <summary>What the runtime does not offer: whose a file is, which one it is, and to give it to a group. No symbolic link is followed.</summary>
internal static partial class NativeFile
{
    private const int NoSuchFile = 2;
    private const int NotADirectory = 20;
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const int BasicFields = 0x7ff;
    private const int StatusBytes = 256;
    private const uint KeepOwner = uint.MaxValue;
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x100_0000 : 0x8_0000;

    /// <summary>The user that the process acts as.</summary>
    public static uint User => EffectiveUser();

    /// <summary>Opens a directory. The handle does not get into a child process. Throws <see cref="IOException"/> if it cannot be opened.</summary>
    public static SafeFileHandle OpenDirectory(string path) => TryOpen(path) ?? throw Failure();

    /// <summary>Opens a file or a directory for reading, or gives nothing.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        var descriptor = Open(path, CloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
    }

    /// <summary>What stands at a path, if anything does. Throws <see cref="IOException"/> if it cannot be told.</summary>
    public static Option<FileStatus> Status(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        var failed = OperatingSystem.IsMacOS()
            ? RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatusOnMacX64(path, status) : StatusOnMac(path, status)
            : StatusOnLinux(CurrentDirectory, path, NoFollow, BasicFields, status);
        if (failed == 0)
            return OperatingSystem.IsMacOS() ? ReadMac(status) : ReadLinux(status);
        return Marshal.GetLastPInvokeError() is NoSuchFile or NotADirectory ? Option<FileStatus>.None : throw Failure();
    }

    /// <summary>Gives a file to a group. Throws <see cref="IOException"/>.</summary>
    public static void SetGroup(string path, uint group)
    {
        if (ChangeOwner(path, KeepOwner, group) != 0)
            throw Failure();
    }

    // Where struct statx and struct stat have the fields.
    private static FileStatus ReadLinux(ReadOnlySpan<byte> s) => Read(
        MemoryMarshal.Read<ushort>(s[28..]),
        MemoryMarshal.Read<uint>(s[20..]),
        new FileId(MemoryMarshal.Read<ulong>(s[136..]), MemoryMarshal.Read<ulong>(s[32..])));

    private static FileStatus ReadMac(ReadOnlySpan<byte> s) => Read(
        MemoryMarshal.Read<ushort>(s[4..]),
        MemoryMarshal.Read<uint>(s[16..]),
        new FileId(MemoryMarshal.Read<uint>(s), MemoryMarshal.Read<ulong>(s[8..])));

    private static FileStatus Read(int mode, uint owner, FileId id) => new(
        (mode >> 12) switch
        {
            0xC => FileKind.Socket,
            0x4 => FileKind.Directory,
            0xA => FileKind.SymbolicLink,
            _ => FileKind.Other,
        },
        owner,
        mode & 0xFFF,
        id);

    private static IOException Failure() => new(Marshal.GetLastPInvokeErrorMessage());

    // Reading only, which is 0.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnLinux(int directory, string path, int flags, uint fields, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnMac(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnMacX64(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
