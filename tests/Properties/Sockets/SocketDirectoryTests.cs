using Acomm.Domain;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Sockets;

/// <summary>Nobody but the node's own user and root can put another socket in the place of its own.</summary>
public sealed class SocketDirectoryTests
{
    private const uint User = 1000;
    private const uint Stranger = 1001;
    private static readonly PathPart Root = Part("/", "755", owner: 0);
    private static readonly PathPart Tmp = Part("/tmp", "1777", owner: 0);

    [Theory]
    [InlineData("700")]
    [InlineData("750")]
    [InlineData("755")]
    [InlineData("2750")]
    [InlineData("500")]
    [InlineData("1777")]
    [InlineData("1770")]
    public void A_directory_in_which_only_its_owner_can_replace_files_is_safe(string mode)
    {
        Assert.True(Check(Part("/tmp/acomm", mode), Root, Tmp).IsNone);
        Assert.True(Check(Part("/tmp/acomm", mode, owner: 0), Root, Tmp).IsNone);
    }

    [Theory]
    [InlineData("770")]
    [InlineData("720")]
    [InlineData("702")]
    [InlineData("777")]
    [InlineData("2775")]
    public void A_directory_that_others_may_write_is_not(string mode) => AssertUnsafe(
        "/tmp/acomm", "nobody else can write there", $"mode 0{mode}", Check(Part("/tmp/acomm", mode), Root, Tmp));

    [Fact]
    public void A_directory_of_a_stranger_is_not() => AssertUnsafe(
        "/tmp/acomm", "owner 1000 or 0", "owner 1001", Check(Part("/tmp/acomm", "700", Stranger), Root, Tmp));

    [Fact]
    public void For_root_only_its_own_directories_are_safe() => AssertUnsafe(
        "/home/user", "owner 0", "owner 1000", SocketDirectory.Check(Part("/home/user", "700"), Seq1(Root), 0, SocketAccess.Default));

    [Theory]
    [InlineData(FileKind.SymbolicLink, "a symbolic link")]
    [InlineData(FileKind.Socket, "a socket")]
    [InlineData(FileKind.Other, "a file")]
    public void What_is_no_directory_is_not(FileKind kind, string shown) =>
        AssertUnsafe("/tmp/acomm", "a directory", shown, Check(Part("/tmp/acomm", "700", kind: kind), Root, Tmp));

    [Fact]
    public void A_directory_above_that_others_may_write_is_not() => AssertUnsafe(
        "/tmp/open", "nobody else can write there", "mode 0777", Check(Part("/tmp/open/acomm", "700"), Root, Tmp, Part("/tmp/open", "777")));

    [Fact]
    public void A_stranger_s_directory_or_link_above_is_not_though_it_stands_in_a_sticky_one()
    {
        AssertUnsafe("/tmp/his", "owner 1000 or 0", "owner 1001", Check(Part("/tmp/his/acomm", "700"), Root, Tmp, Part("/tmp/his", "755", Stranger)));
        AssertUnsafe(
            "/tmp/his",
            "owner 1000 or 0",
            "owner 1001",
            Check(Part("/tmp/his/acomm", "700"), Root, Tmp, Part("/tmp/his", "777", Stranger, FileKind.SymbolicLink)));
    }

    [Fact]
    public void A_link_of_our_own_or_of_root_may_lead_to_it()
    {
        Assert.True(Check(Part("/var/run/acomm", "700"), Root, Part("/var/run", "777", 0, FileKind.SymbolicLink)).IsNone);
        Assert.True(Check(Part("/tmp/mine/acomm", "700"), Root, Tmp, Part("/tmp/mine", "777", User, FileKind.SymbolicLink)).IsNone);
    }

    [Theory]
    [InlineData("700", true, true)]
    [InlineData("2700", true, true)]
    [InlineData("500", true, true)]
    [InlineData("750", false, true)]
    [InlineData("755", false, false)]
    [InlineData("711", false, false)]
    [InlineData("1777", false, false)]
    public void If_it_has_to_be_private_others_may_not_even_look(string mode, bool alone, bool withGroup)
    {
        var directory = Part("/run/acomm", mode);
        Assert.Equal(alone, Check(directory, new SocketAccess { PrivateDirectory = true }).IsNone);
        Assert.Equal(withGroup, Check(directory, new SocketAccess { PrivateDirectory = true, Group = 7 }).IsNone);
        foreach (var error in Check(directory, new SocketAccess { PrivateDirectory = true }))
            Assert.Equal(("mode 0700", $"mode 0{mode}"), (((AcommError.DirectoryUnsafe)error).Expected, ((AcommError.DirectoryUnsafe)error).Found));
    }

    [Prop]
    public void Any_part_that_a_stranger_owns_or_can_write_makes_it_unsafe(int mode, bool strangers, byte depth, byte at)
    {
        var parts = Enumerable.Range(0, 2 + (depth % 6)).Select(i => Part($"/{i}", "755")).ToArray();
        var bits = mode & 0xFFF;
        parts[at % parts.Length] = new PathPart("/bad", new FileStatus(FileKind.Directory, strangers ? Stranger : User, bits, default));
        var canReplace = strangers || ((bits & Convert.ToInt32("022", 8)) != 0 && (bits & Convert.ToInt32("1000", 8)) == 0);

        var found = SocketDirectory.Check(parts[^1], toSeq(parts[..^1]).Strict(), User, SocketAccess.Default);

        Assert.Equal(canReplace, found.IsSome);
        foreach (var error in found)
            Assert.Equal("/bad", Assert.IsType<AcommError.DirectoryUnsafe>(error).Path);
    }

    private static Option<AcommError> Check(PathPart directory, params PathPart[] above) =>
        SocketDirectory.Check(directory, toSeq(above).Strict(), User, SocketAccess.Default);

    private static Option<AcommError> Check(PathPart directory, SocketAccess access) =>
        SocketDirectory.Check(directory, Seq1(Root), User, access);

    private static void AssertUnsafe(string path, string expected, string found, Option<AcommError> error) =>
        Assert.Equal(new AcommError.DirectoryUnsafe(path, expected, found), error.IfNone(() => new AcommError.FrameEmpty()));

    private static PathPart Part(string path, string octal, uint owner = User, FileKind kind = FileKind.Directory) =>
        new(path, new FileStatus(kind, owner, Convert.ToInt32(octal, 8), default));
}
