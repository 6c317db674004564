using System.Runtime.InteropServices;
using Acomm.Effects;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Samples.Quickstart;

/// <summary>The file that travels.</summary>
internal sealed record SampleFile(string Name, Digest Digest)
{
    private static readonly TimeSpan OpenLimit = TimeSpan.FromSeconds(3);

    /// <summary>The largest dll of the SDK that is installed, or of the runtime if there is no SDK.</summary>
    public static string LargestOfTheSdk()
    {
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var sdks = new DirectoryInfo(Path.Combine(runtime.Parent!.Parent!.Parent!.FullName, "sdk"));
        var versions = sdks.Exists ? sdks.GetDirectories() : [];
        return versions.Append(runtime)
            .Select(directory => directory.GetFiles("*.dll").MaxBy(file => file.Length))
            .First(file => file is not null)!
            .FullName;
    }

    /// <summary>Reads the file once, or says in one line why it cannot be.</summary>
    public static async Task<Either<string, SampleFile>> ReadAsync(string name, CancellationToken cancel)
    {
        if (name.Length == 0)
            return "FILE: is empty";
        try
        {
            // A pipe is not opened before somebody writes to it.
            await using var file = await Task.Run(() => File.OpenRead(name), cancel).WaitAsync(OpenLimit, cancel);
            return file.CanSeek && (file.Length > 0 || file.ReadByte() < 0)
                ? new SampleFile(name, await Digest.CopyAsync(file, Stream.Null, cancel))
                : Left($"FILE: '{name}' is not a regular file");
        }
        catch (TimeoutException)
        {
            return $"FILE: '{name}' is not a regular file";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(name) ? $"FILE: '{name}' is a directory" : $"FILE: {e.Message}";
        }
    }

    /// <summary>The file as a stream for somebody else to read, opened when they come.</summary>
    public StreamSource ToSource(IProgress<long> sent) => StreamSource.From(async (to, cancel) =>
    {
        await using var file = File.OpenRead(Name);
        await Digest.CopyAsync(file, to, cancel, sent);
    });
}
