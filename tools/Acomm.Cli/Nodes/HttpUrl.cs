using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Nodes;

/// <summary>Where this side listens on HTTP.</summary>
internal static class HttpUrl
{
    /// <summary>A URL that was given, if it can be listened on: http, a host or IP address, a port, and no path.</summary>
    public static string? Listening(string option, string? url)
    {
        if (url is null)
            return null;
        var address = Address.Parse(url).OrThrow();
        address.HttpTarget.OrThrow();
        if (address.Scheme != Scheme.Http || address.Path is not ("" or "/") || address.RawQuery.Length > 0 || address.Fragment.Length > 0 || address.HasUser)
            throw new UsageException($"{option}: '{Shown.Text(url)}' is not of the form http://HOST:PORT");

        // The server would listen on every interface for a name that it does not know.
        if (HostName.Ip(address.Host).IsNone && HostName.Split(address.Host).Host != "localhost")
            throw new UsageException($"{option}: '{Shown.Text(address.Host)}' is neither an IP address nor localhost");
        return $"http://{address.Host}";
    }

    /// <summary>Where answers of a node are taken: nowhere, if they come on the unix socket; as it was given; or on the loopback.</summary>
    public static string? ForAnswersOf(Address to, string? given) =>
        Listening("--listen-http", given)
        ?? (to.IsUnix ? null
        : !HostName.IsLocal(to.Host) ? throw new UsageException($"--listen-http: is needed, for {to.Shown} to answer at")
        : "http://127.0.0.1:0");
}
