using System.Net.Sockets;
using Acomm.Adapters;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.AdapterTests.Listening;

public sealed class SocketFileTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string SocketPath => directory.At("the.sock");

    public void Dispose() => directory.Dispose();

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_socket_file_whose_owner_is_dead_is_taken_over()
    {
        DeadSocket.Leave(SocketPath);

        await using var listener = await ListenAsync(SocketPath).Ok();

        using var client = await GoWire.DialAsync(SocketPath);
        Assert.True(client.Connected);
    }

    [Fact]
    public async Task A_socket_file_on_which_somebody_answers_is_in_use_and_stays_untouched()
    {
        await using var first = await ListenAsync(SocketPath).Ok();

        var error = await ListenAsync(SocketPath).Error();

        Assert.Equal(SocketPath, Assert.IsType<AcommError.AddressInUse>(error).Path);
        using var client = await GoWire.DialAsync(SocketPath);
        Assert.True(client.Connected);
    }

    [Fact]
    public async Task An_owner_whose_queue_is_full_is_alive()
    {
        using var busy = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        busy.Bind(new UnixDomainSocketEndPoint(SocketPath));
        busy.Listen(0);
        using var waiting = await GoWire.DialAsync(SocketPath);

        Assert.IsType<AcommError.AddressInUse>(await ListenAsync(SocketPath).Error());
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_regular_file_is_left_alone()
    {
        await File.WriteAllTextAsync(SocketPath, "precious");

        Assert.IsType<AcommError.ListenFailed>(await ListenAsync(SocketPath).Error());
        Assert.Equal("precious", await File.ReadAllTextAsync(SocketPath));
    }

    [Fact]
    public async Task A_directory_is_left_alone()
    {
        Directory.CreateDirectory(SocketPath);

        Assert.IsType<AcommError.ListenFailed>(await ListenAsync(SocketPath).Error());
        Assert.True(Directory.Exists(SocketPath));
    }

    [Fact]
    public async Task A_named_pipe_is_left_alone()
    {
        Assert.Equal(0, MakePipe(SocketPath, Convert.ToUInt32("600", 8)));

        Assert.IsType<AcommError.ListenFailed>(await ListenAsync(SocketPath).Error());
        Assert.True(File.Exists(SocketPath));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("a file")]
    [InlineData("a dead socket")]
    public async Task A_symbolic_link_is_left_alone_wherever_it_leads(string where)
    {
        var target = directory.At("target");
        if (where == "a file")
            await File.WriteAllTextAsync(target, "precious");
        if (where == "a dead socket")
            DeadSocket.Leave(target);
        File.CreateSymbolicLink(SocketPath, target);

        Assert.IsType<AcommError.ListenFailed>(await ListenAsync(SocketPath).Error());
        Assert.Equal(target, new FileInfo(SocketPath).LinkTarget);
        Assert.Equal(where != "nowhere", File.Exists(target));
    }

    [Fact]
    public async Task A_path_of_107_bytes_works_and_one_of_108_is_too_long()
    {
        var longest = directory.At(new string('s', 107 - directory.Path.Length - 1));

        await using var listener = await ListenAsync(longest).Ok();
        var error = Assert.IsType<AcommError.PathTooLong>(await ListenAsync(longest + "s").Error());

        Assert.Equal((107, 108), (error.LimitBytes, error.ValueBytes));
    }

    [Fact]
    public async Task A_path_is_measured_in_bytes_and_not_in_characters()
    {
        var path = directory.At(string.Concat(Enumerable.Repeat("é", 47)));

        Assert.IsType<AcommError.PathTooLong>(await ListenAsync(path + "éé").Error());
        await using var listener = await ListenAsync(directory.At("é")).Ok();
    }

    [Fact]
    public async Task The_socket_and_a_directory_made_for_it_are_their_owners_only()
    {
        var path = directory.At("new/and/deeper/the.sock");

        await using var listener = await ListenAsync(path).Ok();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            new DirectoryInfo(directory.At("new/and/deeper")).UnixFileMode);
    }

    [Fact]
    public async Task Of_many_that_start_at_once_over_a_dead_socket_one_listens()
    {
        DeadSocket.Leave(SocketPath);

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ListenAsync(SocketPath)))).Within();

        await using var listener = Assert.Single(all, one => one.IsRight).Ok();
        Assert.All(all.Where(one => one.IsLeft), one => Assert.IsType<AcommError.AddressInUse>(one.Error()));
        using var client = await GoWire.DialAsync(SocketPath);
    }

    private static Task<Either<AcommError, UnixListener>> ListenAsync(string path) => UnixListener.ListenAsync(path, 8);

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "mkfifo", SetLastError = true, CharSet = System.Runtime.InteropServices.CharSet.Ansi)]
    private static extern int MakePipe(string path, uint mode);
}
