namespace Acomm.BrowserTests.Support;

/// <summary>A test that needs a browser of this machine; it is skipped, and says so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (BrowserPath.Found is null)
            Skip = BrowserPath.Missing;
    }
}

/// <summary>A test of several cases that needs a browser of this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (BrowserPath.Found is null)
            Skip = BrowserPath.Missing;
    }
}

/// <summary>Where the browser is: the one that ACOMM_BROWSER names, else a Chromium or Chrome in PATH.</summary>
internal static class BrowserPath
{
    public const string Missing = "there is no browser: neither does ACOMM_BROWSER name one, nor is chromium or google-chrome in PATH";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string? Found { get; } = Environment.GetEnvironmentVariable("ACOMM_BROWSER") is { Length: > 0 } named ? named : InPath();

    private static string? InPath() => Names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, name)))
        .FirstOrDefault(File.Exists);
}
