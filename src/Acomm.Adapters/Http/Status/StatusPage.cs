using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Acomm.Domain;

namespace Acomm.Adapters;

/// <summary>A report for people: one page without script, and without anything that would have to be fetched.</summary>
internal static class StatusPage
{
    private const int RefreshSeconds = 5;

    private static readonly string Style = """
        :root { color-scheme: light dark; --line: #d0d7de; --quiet: #57606a; --card: #f6f8fa; --text: #1f2328; --ground: #ffffff; --good: #1a7f37; --warn: #9a6700; --bad: #cf222e; --link: #0969da; }
        @media (prefers-color-scheme: dark) { :root { --line: #30363d; --quiet: #9da7b3; --card: #161b22; --text: #e6edf3; --ground: #0d1117; --good: #56d364; --warn: #e3b341; --bad: #ff7b72; --link: #6cb6ff; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
        header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .75rem; }
        h1 { font-size: 1.375rem; margin: 0; }
        a { color: var(--link); }
        p { margin: .25rem 0; color: var(--quiet); }
        .phase { font-weight: 600; }
        .running { color: var(--good); } .draining, .created { color: var(--warn); } .stopped { color: var(--bad); }
        dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: .5rem; margin: 1rem 0 0; }
        dl div { display: flex; flex-direction: column-reverse; justify-content: flex-end; background: var(--card); border: 1px solid var(--line); border-radius: .375rem; padding: .5rem .75rem; }
        dt { color: var(--quiet); font-size: .875rem; } dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 1.5rem; align-items: start; }
        table { width: 100%; border-collapse: collapse; margin-top: 1.5rem; font-size: .9375rem; }
        caption { text-align: left; font-size: 1.0625rem; font-weight: 600; padding-bottom: .25rem; }
        th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
        thead th { color: var(--quiet); font-size: .875rem; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
        .name { font-family: ui-monospace, monospace; font-size: .875rem; overflow-wrap: anywhere; }
        @media (max-width: 40rem) {
          dl { grid-template-columns: 1fr 1fr; }
          .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .wide, .wide caption, .wide tbody, .wide tr, .wide th, .wide td { display: block; }
          .wide tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
          .wide th, .wide td { border: 0; padding: .1rem 0; text-align: left; white-space: normal; display: grid; grid-template-columns: 6rem 1fr; gap: .5rem; }
          .wide [data-label]::before { content: attr(data-label); color: var(--quiet); font: .875rem/1.5 system-ui, sans-serif; }
        }
        """.ReplaceLineEndings("\n");

    /// <summary>Nothing may be run, fetched, framed or sent; the one style sheet is the one that is in the page.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page in UTF-8.</summary>
    public static byte[] ToUtf8(StatusDocument status, bool isRefreshed)
    {
        var title = status.Name.Length == 0 ? "Acomm node" : $"Acomm node {status.Name}";
        var page = new HtmlText();
        page.Markup($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            {(isRefreshed ? $"<meta http-equiv=\"refresh\" content=\"{RefreshSeconds}\">" : "")}
            <link rel="icon" href="data:,">
            <title>
            """).Text($"{status.Phase}, {Number(status.Requests.Outstanding)} open: {title}").Markup($"</title>\n<style>{Style}</style>\n</head>\n<body>\n");
        page.Markup("<header><h1>").Text(title).Markup($"</h1><span class=\"phase {status.Phase}\">{status.Phase}</span></header>\n")
            .Markup("<p class=\"name\">").Text(status.Address).Markup("</p>\n<p>")
            .Text($"Acomm {status.Version}, up for {Time(status.UptimeSeconds)}. ")
            .Markup(isRefreshed ? $"Anew each {RefreshSeconds} s: <a href=\"?refresh=off\">stop that</a>.</p>\n<main>\n" : "<a href=\"?\">Keep it up to date</a></p>\n<main>\n");
        Figures(page, status);
        Requests(page, status.Requests);
        page.Markup("<div class=\"side\">\n");
        Rest(page, status);
        page.Markup("</div>\n</main>\n</body>\n</html>\n");
        return page.ToUtf8();
    }

    private static void Figures(HtmlText page, StatusDocument status)
    {
        page.Markup("<dl>\n");
        foreach (var (name, value) in new[]
        {
            ("open requests", Number(status.Requests.Outstanding)),
            ("oldest of them", status.Requests.Outstanding == 0 ? "–" : Time(status.Requests.OldestSeconds)),
            ("answered", Number(status.Totals.Answered)),
            ("timed out", Number(status.Totals.TimedOut)),
            ("in handlers", Number(status.Handlers.Running)),
            ("waiting for handlers", Number(status.Handlers.Waiting)),
            ("connections", Number(status.Connections.Accepted + status.Connections.Kept)),
            ("streams", Number(status.Connections.Streams)),
        })
            page.Markup("<div><dt>").Text(name).Markup("</dt><dd>").Text(value).Markup("</dd></div>\n");
        page.Markup("</dl>\n");
    }

    private static void Requests(HtmlText page, StatusDocument.OfRequests requests)
    {
        page.Table(
            "Oldest open requests",
            ["task", "id", "to", "state", "open for", "time left"],
            requests.Oldest.Select(old => (HtmlCell[])
            [
                HtmlCell.Name(old.Task), HtmlCell.Name(old.Id), HtmlCell.Name(old.To ?? "–"),
                HtmlCell.Of(old.Proxied ? $"{old.State}, for another node" : old.State),
                HtmlCell.Number(Time(old.AgeSeconds)), HtmlCell.Number(Time(old.LeftSeconds)),
            ]),
            isWide: true);
        page.Markup("<div class=\"side\">\n");
        page.Table(
            "Open requests by task",
            ["task", "open", "oldest"],
            requests.ByTask
                .Select(task => (HtmlCell[])[HtmlCell.Name(task.Task), HtmlCell.Number(Number(task.Outstanding)), HtmlCell.Number(Time(task.OldestSeconds))])
                .Concat(requests.Others.Tasks == 0 ? [] : [
                    [HtmlCell.Of($"{Number(requests.Others.Tasks)} other tasks"), HtmlCell.Number(Number(requests.Others.Outstanding)), HtmlCell.Number(Time(requests.Others.OldestSeconds))],
                ]));
        page.Table(
            "Open requests by age",
            ["open for", "open"],
            requests.ByAge.Zip(requests.ByAge.Prepend(null), (age, before) => (HtmlCell[])
            [
                HtmlCell.Of(age.UnderSeconds is { } under ? $"less than {Time(under)}" : $"{Time(before?.UnderSeconds ?? 0)} or longer"),
                HtmlCell.Number(Number(age.Outstanding)),
            ]));
        page.Markup("</div>\n");
    }

    private static void Rest(HtmlText page, StatusDocument status)
    {
        page.Table(
            "Handlers",
            ["task", "running", "waiting", "at a time"],
            status.Handlers.Tasks.Select(task => (HtmlCell[])
                [HtmlCell.Name(task.Task), HtmlCell.Number(Number(task.Running)), HtmlCell.Number(Number(task.Waiting)), HtmlCell.Number(Number(task.Limit))]));
        var (totals, limits) = (status.Totals, status.Limits);
        Pairs(page, "Totals", [
            ("requests registered", totals.Registered), ("refused here", totals.Refused), ("answered", totals.Answered), ("timed out", totals.TimedOut),
            ("cancelled", totals.Cancelled), ("not sent, or refused there", totals.Rejected), ("cut by a stop", totals.Shutdown),
            ("answers twice", totals.Duplicate), ("answers too late", totals.Late), ("answers to nothing", totals.Unknown), ("answers without token", totals.Forbidden),
            ("bytes received", status.Bytes.Received), ("bytes sent", status.Bytes.Sent),
        ]);
        Pairs(page, "Now, and at most", [
            ("open requests", status.Requests.Outstanding, limits.Outstanding), ("in handlers", status.Handlers.Running, limits.Handlers),
            ("bytes waiting for handlers", status.Handlers.WaitingBytes, limits.HandlersWaitingBytes),
            ("connections accepted", status.Connections.Accepted, limits.Connections), ("streams", status.Connections.Streams, limits.Streams),
        ]);
    }

    private static void Pairs(HtmlText page, string caption, IEnumerable<(string Name, long Value)> rows) =>
        page.Table(caption, ["what", "number"], rows.Select(row => (HtmlCell[])[HtmlCell.Of(row.Name), HtmlCell.Number(Number(row.Value))]));

    private static void Pairs(HtmlText page, string caption, IEnumerable<(string Name, long Now, long Limit)> rows) =>
        page.Table(caption, ["what", "now", "limit"], rows.Select(row => (HtmlCell[])
            [HtmlCell.Of(row.Name), HtmlCell.Number(Number(row.Now)), HtmlCell.Number(Number(row.Limit))]));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(double seconds) => Shown.Time(TimeSpan.FromSeconds(seconds));
}
