using System.Globalization;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Samples.Node;

/// <summary>The command line: <c>--socket PATH [--http http://HOST:PORT [--status]] [--drain SECONDS]</c>.</summary>
internal sealed record Arguments(string Socket, Option<string> Http, bool Status, TimeSpan Drain)
{
    public const string Usage = "usage: --socket PATH [--http http://HOST:PORT [--status]] [--drain SECONDS]";
    private const string StatusFlag = "--status";
    private static readonly string[] Known = ["--socket", "--http", "--drain"];

    /// <summary>The arguments, or one line that names the argument and what was wrong with it.</summary>
    public static Either<string, Arguments> Parse(string[] args) =>
        from values in Pairs(args)
        from socket in values.Find("--socket").ToEither($"--socket: is missing; {Usage}").Bind(ParseSocket)
        from http in values.Find("--http").Match(Some: v => ParseHttp(v).Map(Some), None: () => Right<string, Option<string>>(None))
        from drain in values.Find("--drain").Match(Some: ParseDrain, None: () => Right<string, TimeSpan>(TimeSpan.FromSeconds(30)))
        from status in values.ContainsKey(StatusFlag) && http.IsNone
            ? Left<string, bool>($"{StatusFlag}: needs --http, over which it is shown")
            : values.ContainsKey(StatusFlag)
        select new Arguments(socket, http, status, drain);

    private static Either<string, Map<string, string>> Pairs(string[] args)
    {
        var values = Map<string, string>();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            var isFlag = name == StatusFlag;
            if (!isFlag && !Known.Contains(name))
                return $"{Shown.Text(name)}: is not known; {Usage}";
            if (!isFlag && i + 1 == args.Length)
                return $"{name}: has no value; {Usage}";
            if (values.ContainsKey(name))
                return $"{name}: is there twice";
            values = values.Add(name, isFlag ? "" : args[++i]);
        }

        return values;
    }

    private static Either<string, string> ParseSocket(string text) => text.Length == 0
        ? Left<string, string>("--socket: is empty")
        : Address.Unix(Path.GetFullPath(text)).Bind(a => a.UnixPath).MapLeft(error => $"--socket: {error}");

    private static Either<string, string> ParseHttp(string text) =>
        from address in Address.Parse(text).MapLeft(error => $"--http: {error}")
        from _ in address.HttpTarget.MapLeft(error => $"--http: {error}")
        from listening in address.Scheme == Scheme.Http && address.Path is "" or "/" && address.RawQuery.Length == 0 && address.Fragment.Length == 0 && !address.HasUser
            ? Right<string, string>(address.Host)
            : Left<string, string>($"--http: '{Shown.Text(text)}' is not of the form http://HOST:PORT")
        from port in PortOf(address.Host)
        from host in IsBindable(address.Host)
            ? Right<string, string>(address.Host)
            : Left<string, string>($"--http: '{Shown.Text(address.Host)}' is neither an IP address nor localhost, and localhost needs a port above 0")
        select $"http://{HostName.Split(address.Host).Host}:{port}";

    // The server would listen on every interface for a name that it does not know.
    private static bool IsBindable(string host) =>
        HostName.Ip(host).IsSome || (HostName.Split(host) is ("localhost", var port) && port.TrimStart(':').Any(digit => digit != '0'));

    private static Either<string, ushort> PortOf(string host) =>
        host.Split(':')[^1] is var text && host.Contains(':') && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : Left<string, ushort>($"--http: '{Shown.Text(host)}' has no port of 0 to 65535");

    private static Either<string, TimeSpan> ParseDrain(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : Left<string, TimeSpan>($"--drain: '{Shown.Text(text)}' is not a number of seconds from 0 to 86400");
}
