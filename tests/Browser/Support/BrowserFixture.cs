using Microsoft.Playwright;

namespace Acomm.BrowserTests.Support;

/// <summary>One browser for all tests of a class; each gets a window of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // For a busy machine: a guard only.
    private const float GuardMillis = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task InitializeAsync()
    {
        if (BrowserPath.Found is not { } path)
            return;
        Assertions.SetDefaultExpectTimeout(GuardMillis);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Timeout = 2 * GuardMillis });
    }

    internal async Task<Window> OpenAsync(string url, BrowserNewContextOptions? options = null)
    {
        var context = await browser!.NewContextAsync(options);
        context.SetDefaultTimeout(GuardMillis);
        var window = new Window(await context.NewPageAsync());
        await window.Page.GotoAsync(url);
        return window;
    }

    public async Task DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        playwright?.Dispose();
    }
}

/// <summary>A window with one page, and what went on in it.</summary>
internal sealed class Window : IAsyncDisposable
{
    public Window(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Said.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Said.Add(error);
        page.Dialog += (_, dialog) =>
        {
            Said.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) => Fetched.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and dialogs.</summary>
    public List<string> Said { get; } = [];

    /// <summary>All that it asked a server for.</summary>
    public List<string> Fetched { get; } = [];

    /// <summary>A table by its caption.</summary>
    public ILocator Table(string caption) => Page.GetByRole(AriaRole.Table, new() { Name = caption, Exact = true });

    /// <summary>The texts of the cells of a table, row by row, without its head.</summary>
    public async Task<List<string[]>> RowsAsync(string caption)
    {
        var rows = new List<string[]>();
        foreach (var row in await Table(caption).Locator("tbody tr").AllAsync())
            rows.Add([.. await row.Locator("th span, td span").AllInnerTextsAsync()]);
        return rows;
    }

    /// <summary>Keeps a picture of the whole page, if ACOMM_SCREENSHOTS names a directory for it.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("ACOMM_SCREENSHOTS") is { Length: > 0 } directory)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
