namespace Acomm.DocumentTests.Markdown;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">The document's path in the repository.</param>
/// <param name="Heading">The anchor of the heading that it stands under.</param>
/// <param name="Line">The line of its fence.</param>
/// <param name="Info">What stands behind the fence: the language, and what else is said of it.</param>
/// <param name="Before">The line of text before it.</param>
/// <param name="Text">What it holds, as it stands there.</param>
public sealed record Block(string Document, string Heading, int Line, string Info, string Before, string Text)
{
    /// <summary>Its language; empty if none is said.</summary>
    public string Language => Info.Split(' ')[0];

    /// <summary>Where it stands, as a claim names it.</summary>
    public string Section => $"{Document}#{Heading}";

    public string FirstLine => Text.Split('\n')[0];

    /// <summary>Where it stands, for whoever has to look at it.</summary>
    public override string ToString() => $"{Document}:{Line}";
}
