using System.CommandLine;
using System.Globalization;
using Acomm.Cli.Nodes;
using Acomm.Domain;

namespace Acomm.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Symbols
{
    public static Argument<string> Address()
    {
        var address = new Argument<string>("ADDRESS") { HelpName = "ADDRESS", Description = "The node: unix:///path, http://host:port/path or https://host/path." };
        address.CompletionSources.Add(_ => SocketPaths.Suggested().Select(path => $"unix://{path}").Append("unix://").Append("http://"));
        return address;
    }

    public static Option<string?> ListenHttp() => new("--listen-http")
    {
        Description = "Where answers over HTTP are taken, such as http://10.0.0.5:8080. For a node on this machine it is a free port of the loopback by default.",
        HelpName = "URL",
    };

    public static Option<string?> Http() => new("--http") { Description = "Listen on HTTP too, such as http://127.0.0.1:8080.", HelpName = "URL" };

    public static Option<string?> PublicUrl() => new("--public-url")
    {
        Description = "The address under which others reach this side's HTTP, if it is not the one that it listens on.",
        HelpName = "URL",
    };

    public static Option<string?> Socket(string name) => new("--socket")
    {
        Description = $"The unix socket to listen on; {Path.Combine(SocketPaths.Directory, name)} by default.",
        HelpName = "PATH",
    };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "No progress and no notes on standard error; errors only." };

    /// <summary>A number of seconds above zero, up to the longest timeout of a request.</summary>
    public static Option<TimeSpan?> Seconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            var longest = Limits.RequestTimeoutCeiling.TotalSeconds;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0.001 && seconds <= longest)
                return TimeSpan.FromSeconds(seconds);
            result.AddError($"{name}: '{Shown.Text(text)}' is not a number of seconds from 0.001 to {longest}");
            return null;
        },
    };

    /// <summary>A whole number from 1.</summary>
    public static Option<int> Count(string[] names, string description, int byDefault, int most)
    {
        var count = new Option<int>(names[0], names[1..]) { Description = description, HelpName = "N", DefaultValueFactory = _ => byDefault };
        count.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && (n < 1 || n > most))
                result.AddError($"{names[0]}: {n} is not between 1 and {most}");
        });
        return count;
    }
}
