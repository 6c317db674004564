namespace Acomm.Properties.Layering;

/// <summary>The rules of the house, room by room. Every arrow points down: Adapters, Effects, Domain.</summary>
internal static class Rules
{
    public const string Domain = "Acomm.Domain";

    public const string Effects = "Acomm.Effects";

    /// <summary>The assemblies that a room may refer to; a name that ends in a dot stands for all that begin so.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Allowed = new Dictionary<string, IReadOnlyList<string>>
    {
        [Domain] = ["System.", "LanguageExt.Core"],
        [Effects] = ["System.", "LanguageExt.Core", Domain, "Microsoft.Extensions.Logging.Abstractions"],
    };

    public static readonly IReadOnlyList<Rule> All =
    [
        new(Domain, "knows nothing of the rooms above it", ["Acomm.Effects*", "Acomm.Adapters*"]),
        new(Domain, "has no network", ["System.Net*"]),
        new(Domain, "has no files and no streams", ["System.IO*"]),
        new(Domain, "starts no thread and waits for none", ["System.Threading*"])
        {
            Exceptions = new Dictionary<string, string>
            {
                ["System.Threading.Tasks.Task"] = "the type class Eq has two asynchronous members, which EqRequestId has to have and nobody calls",
            },
        },
        new(Domain, "starts no process, measures nothing and traces nothing", ["System.Diagnostics*"]),
        new(Domain, "takes the time as an input", ["System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Environment"]),
        new(Domain, "takes randomness as an input", ["System.Guid", "System.Random", "System.Security.Cryptography.RandomNumberGenerator*"]),
        new(Domain, "has addresses of its own", ["System.Uri*"]),
        new(Domain, "writes to nobody", ["System.Console", "Microsoft.Extensions*"]),
        new(Effects, "knows nothing of the room above it", ["Acomm.Adapters*"]),
        new(Effects, "has no sockets and no HTTP", ["System.Net.Sockets*", "System.Net.Http*", "Microsoft.AspNetCore*"]),
        new(Effects, "has no file paths", ["System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.Path"]),
        new(Effects, "is built by hand or by whoever uses it", ["Microsoft.Extensions.DependencyInjection*"]),
        new(Effects, "is told the time by a TimeProvider", ["System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Diagnostics.Stopwatch"]),
    ];
}
