using System.Diagnostics;
using Acomm.Adapters;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.AdapterTests.Listening;

/// <summary>The directories in which sockets are made, as they are found on a disk.</summary>
public sealed class SocketDirectoryTests : IDisposable
{
    private const UnixFileMode OwnerAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode GroupRead = UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    private const UnixFileMode OthersRead = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(UnixFileMode.OtherWrite, "mode 0757")]
    [InlineData(UnixFileMode.GroupWrite, "mode 0775")]
    public async Task A_directory_that_others_may_write_is_refused_by_path_and_mode(UnixFileMode others, string found)
    {
        var open = Make("open", OwnerAll | GroupRead | OthersRead | others);

        var error = Assert.IsType<AcommError.DirectoryUnsafe>(await ListenAsync(open + "/the.sock").Error());

        Assert.Equal((open, "nobody else can write there", found), (error.Path, error.Expected, error.Found));
        Assert.Empty(Directory.GetFileSystemEntries(open));
    }

    [Fact]
    public async Task A_directory_above_that_others_may_write_is_refused()
    {
        var open = Make("open", OwnerAll | GroupRead | OthersRead | UnixFileMode.OtherWrite);

        var error = Assert.IsType<AcommError.DirectoryUnsafe>(await ListenAsync(open + "/closed/the.sock").Error());

        Assert.Equal(open, error.Path);
    }

    [Fact]
    public async Task A_symbolic_link_in_the_place_of_the_directory_is_not_followed()
    {
        var target = Make("target", OwnerAll);
        Directory.CreateSymbolicLink(directory.At("link"), target);

        var error = Assert.IsType<AcommError.DirectoryUnsafe>(await ListenAsync(directory.At("link/the.sock")).Error());

        Assert.Equal((directory.At("link"), "a directory", "a symbolic link"), (error.Path, error.Expected, error.Found));
        Assert.Empty(Directory.GetFileSystemEntries(target));
    }

    [Fact]
    public async Task What_a_link_above_leads_to_is_looked_at_as_well()
    {
        Directory.CreateSymbolicLink(directory.At("link"), Make("open", OwnerAll | UnixFileMode.OtherWrite));
        Make("open/inner", OwnerAll);
        Directory.CreateSymbolicLink(directory.At("good"), Make("closed", OwnerAll));
        Make("closed/inner", OwnerAll);

        var error = Assert.IsType<AcommError.DirectoryUnsafe>(await ListenAsync(directory.At("link/inner/the.sock")).Error());
        await using var listener = await ListenAsync(directory.At("good/inner/the.sock")).Ok();

        Assert.Equal(directory.At("open"), error.Path);
    }

    [Fact]
    public async Task A_directory_of_another_user_is_refused()
    {
        // Only root can give a directory away.
        if (!Environment.IsPrivilegedProcess)
            return;
        var given = Make("given", OwnerAll);
        Run("chown", "12345", given);

        var error = Assert.IsType<AcommError.DirectoryUnsafe>(await ListenAsync(given + "/the.sock").Error());

        Assert.Equal(("owner 0", "owner 12345"), (error.Expected, error.Found));
    }

    [Fact]
    public async Task A_directory_that_is_sticky_may_be_everybodys()
    {
        var shared = Make("shared", OwnerAll | GroupRead | OthersRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);

        await using var listener = await ListenAsync(shared + "/the.sock").Ok();
    }

    [Fact]
    public async Task A_directory_that_others_may_look_into_is_refused_if_it_has_to_be_private()
    {
        var readable = Make("readable", OwnerAll | GroupRead | OthersRead);
        var access = new SocketAccess { PrivateDirectory = true };

        var error = Assert.IsType<AcommError.DirectoryUnsafe>(await ListenAsync(readable + "/the.sock", access).Error());
        await using var listener = await ListenAsync(directory.At("made/the.sock"), access).Ok();

        Assert.Equal(("mode 0700", "mode 0755"), (error.Expected, error.Found));
    }

    [Fact]
    public async Task A_group_may_open_the_socket_and_enter_the_directory_and_nobody_else()
    {
        var group = Environment.IsPrivilegedProcess ? "12345" : Run("id", "-g");
        var path = directory.At("grouped/the.sock");

        await using var listener = await ListenAsync(path, new SocketAccess { Group = uint.Parse(group, null) }).Ok();

        Assert.Equal($"660 {group}", Run("stat", "-c", "%a %g", path));
        Assert.Equal($"750 {group}", Run("stat", "-c", "%a %g", directory.At("grouped")));
    }

    [Fact]
    public async Task Streams_are_not_offered_in_an_unsafe_directory_and_nothing_is_left_behind()
    {
        var open = Make("open", OwnerAll | UnixFileMode.OtherWrite);
        var socket = directory.At("node.sock");

        var error = await Assert.ThrowsAsync<AcommStartException>(() => TestNode.StartAsync(options: options =>
        {
            options.SocketPath = socket;
            options.StreamDirectory = open;
        }));

        Assert.Equal(open, Assert.IsType<AcommError.DirectoryUnsafe>(error.Error).Path);
        Assert.False(File.Exists(socket));
    }

    [Theory]
    [InlineData("a file/the.sock", "DirectoryUnsafe")]
    [InlineData("a file/deeper/the.sock", "ListenFailed")]
    public async Task A_path_that_leads_through_a_file_cannot_be_listened_on(string path, string error)
    {
        await File.WriteAllTextAsync(directory.At("a file"), "precious");

        Assert.Equal(error, (await ListenAsync(directory.At(path)).Error()).Name);
        Assert.Equal([directory.At("a file")], Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task A_directory_in_which_nothing_can_be_made_fails_and_nothing_is_left_behind()
    {
        // Not even root can make a file there.
        var path = OperatingSystem.IsMacOS() ? "/System/the.sock" : "/proc/the.sock";

        Assert.Equal(path, Assert.IsType<AcommError.ListenFailed>(await ListenAsync(path).Error()).Path);
        Assert.False(File.Exists(path));
    }

    private string Make(string name, UnixFileMode mode)
    {
        Directory.CreateDirectory(directory.At(name));
        File.SetUnixFileMode(directory.At(name), mode);
        return directory.At(name);
    }

    private static Task<Either<AcommError, UnixListener>> ListenAsync(string path, SocketAccess? access = null) =>
        UnixListener.ListenAsync(path, 8, access: access);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
