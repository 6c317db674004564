using System.Globalization;
using Acomm.Domain;

namespace Acomm.Adapters;

/// <summary>A report for people: one page without script, and without anything that would have to be fetched.</summary>
internal static class StatusPage
{
    private const int RefreshSeconds = 5;

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
            """).Text($"{status.Phase}, {Number(status.Requests.Outstanding)} open: {title}").Markup($"</title>\n<style>{StatusStyle.Sheet}</style>\n</head>\n<body>\n");
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
