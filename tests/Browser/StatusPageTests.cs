using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Acomm.BrowserTests;

/// <summary>The status page, as somebody sees it who watches over a node.</summary>
public sealed class StatusPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Oldest = "Oldest open requests";
    private const string Still = "?refresh=off";

    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new ViewportSize { Width = 360, Height = 740 }, IsMobile = true, HasTouch = true };

    [BrowserFact]
    public async Task Open_requests_are_seen_with_their_ages_the_oldest_first()
    {
        await using var node = await BusyNode.StartAsync();
        await using var window = await browser.OpenAsync(node.Status + Still);

        var rows = await window.RowsAsync(Oldest);

        Assert.Equal(6, rows.Count);
        Assert.Equal(["render", "render-1", node.Unix, "acknowledged", "43.2 s", "9 min 16 s"], rows[0]);
        Assert.Equal(["count-1", "count-2"], rows[4..].Select(row => row[1]));
        Assert.Equal(["count", "2", "1.2 s"], (await window.RowsAsync("Open requests by task"))[0]);
        Assert.Contains(["less than 1 min", "4"], await window.RowsAsync("Open requests by age"));
        Assert.Equal([["count", "1", "1", "1"], ["render", "1", "0", "256"]], await window.RowsAsync("Handlers"));
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Acomm node");
        await Expect(window.Page).ToHaveTitleAsync("running, 6 open: Acomm node");
        await Expect(window.Page.GetByRole(AriaRole.Banner).GetByText("running")).ToBeVisibleAsync();
        await window.PictureAsync("status-wide");
    }

    [BrowserFact]
    public async Task What_peers_name_is_seen_as_text_and_does_nothing()
    {
        await using var node = await BusyNode.StartAsync();
        await using var window = await browser.OpenAsync(node.Status + Still);

        var rows = await window.RowsAsync(Oldest);

        Assert.Equal((BusyNode.Script, BusyNode.Image), (rows[1][0], rows[1][1]));
        Assert.Equal((BusyNode.Image, BusyNode.Script), (rows[2][0], rows[2][1]));
        Assert.EndsWith(node.HostilePath, rows[1][2], StringComparison.Ordinal);
        Assert.True(await window.Page.EvaluateAsync<bool>("window.taken === undefined"));
        await Expect(window.Page.Locator("script, img, main style")).ToHaveCountAsync(0);
        Assert.Empty(window.Said);
        Assert.Equal([node.Status + Still], window.Fetched);
    }

    // The markup by itself, to see that what would be taken for it could not run either.
    [BrowserFact]
    public async Task A_script_could_not_run_even_if_it_were_in_the_page()
    {
        await using var node = await BusyNode.StartAsync();
        await using var window = await browser.OpenAsync(node.Status + Still);

        await window.Page.EvaluateAsync("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.taken = 1' }))");

        Assert.True(await window.Page.EvaluateAsync<bool>("window.taken === undefined"));
        Assert.Contains(window.Said, said => said.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task On_a_phone_nothing_has_to_be_scrolled_sideways_and_each_figure_has_its_name()
    {
        await using var node = await BusyNode.StartAsync();
        await using var window = await browser.OpenAsync(node.Status + Still, Phone);

        var widths = await window.Page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth, document.documentElement.clientWidth, innerWidth]");

        Assert.True(widths.Distinct().Count() == 1, $"the page is {widths[0]} wide, of which {widths[1]} are seen");
        var outside = await window.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('main *')].filter(e => e.offsetWidth > 1 && e.getBoundingClientRect().right > innerWidth).map(e => e.tagName + ' ' + e.textContent)");
        Assert.Empty(outside);
        var label = await window.Page.EvaluateAsync<string>("getComputedStyle(document.querySelectorAll('.wide tbody td')[3], '::before').content");
        Assert.Equal("\"open for\"", label);
        await Expect(window.Table(Oldest).GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(6);
        await window.PictureAsync("status-phone");
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_stands_out_from_its_ground(ColorScheme scheme)
    {
        await using var node = await BusyNode.StartAsync();
        await using var window = await browser.OpenAsync(node.Status + Still, new() { ColorScheme = scheme });

        var texts = await window.Page.EvaluateAsync<Text[]>("""
            () => [...document.querySelectorAll('body *')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
                .map(e => {
                    let ground = e;
                    while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
                    return { words: e.textContent, color: getComputedStyle(e).color, ground: getComputedStyle(ground).backgroundColor };
                })
            """);

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.True(ContrastOf(text) >= 4.5, $"'{text.Words}': {ContrastOf(text):0.00}"));
        var isDark = Luminance(texts[0].Ground) < 0.1;
        Assert.Equal(scheme == ColorScheme.Dark, isDark);
        await window.PictureAsync($"status-{scheme}");
    }

    [BrowserFact]
    public async Task It_is_kept_up_to_date_without_script_until_that_is_stopped()
    {
        await using var node = await BusyNode.StartAsync();
        await using var window = await browser.OpenAsync(node.Status, new() { JavaScriptEnabled = false });
        await Expect(window.Page).ToHaveTitleAsync(new Regex("^running, 6 open"));

        node.Begin(node.Unix, "render", "render-2");
        node.Pass(TimeSpan.FromSeconds(2));

        await Expect(window.Page).ToHaveTitleAsync(new Regex("^running, 7 open"));
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "stop that" }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(node.Status + Still);
        await Expect(window.Page.Locator("meta[http-equiv=refresh]")).ToHaveCountAsync(0);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Keep it up to date" }).ClickAsync();
        await Expect(window.Page.Locator("meta[http-equiv=refresh]")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task Each_table_is_told_to_those_who_do_not_see_it()
    {
        await using var node = await BusyNode.StartAsync();
        await using var window = await browser.OpenAsync(node.Status + Still);

        foreach (var table in await window.Page.GetByRole(AriaRole.Table).AllAsync())
        {
            await Expect(table.Locator("caption")).ToHaveCountAsync(1);
            Assert.True(await table.Locator("thead th[scope=col]").CountAsync() >= 2);
            Assert.Equal(await table.Locator("tbody tr").CountAsync(), await table.Locator("tbody th[scope=row]").CountAsync());
        }

        Assert.Equal("en", await window.Page.Locator("html").GetAttributeAsync("lang"));
    }

    // As the guidelines for accessible content reckon it.
    private static double ContrastOf(Text text)
    {
        double[] both = [Luminance(text.Color), Luminance(text.Ground)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(string rgb)
    {
        var channels = Regex.Matches(rgb, "[0-9.]+").Take(3).Select(m => int.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    public sealed class Text
    {
        public string Words { get; set; } = "";

        public string Color { get; set; } = "";

        public string Ground { get; set; } = "";
    }
}
