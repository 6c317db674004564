using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Acomm.Adapters;

/// <summary>A cell of a table, and the class of its style.</summary>
internal readonly record struct HtmlCell(string Text, string Class)
{
    public static HtmlCell Of(string text) => new(text, "");

    public static HtmlCell Name(string text) => new(text, "name");

    public static HtmlCell Number(string text) => new(text, "number");
}

/// <summary>HTML that is being written. Whatever is not this library's own text goes through <see cref="Text"/>, which encodes it.</summary>
internal sealed class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder written = new();

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(written.ToString());

    /// <summary>Text of our own, as it is.</summary>
    public HtmlText Markup(string html)
    {
        written.Append(html);
        return this;
    }

    /// <summary>Any text, encoded: for the content of elements and for attributes in quotes.</summary>
    public HtmlText Text(string text)
    {
        written.Append(Encoder.Encode(text));
        return this;
    }

    /// <summary>
    /// A table whose rows are headed by their first cells. The roles say what the elements mean anyway: browsers forget that of
    /// tables that a narrow screen shows as blocks.
    /// </summary>
    public void Table(string caption, string[] columns, IEnumerable<HtmlCell[]> rows, bool isWide = false)
    {
        HtmlCell[][] all = [.. rows];
        Markup($"<table role=\"table\"{(isWide ? " class=\"wide\"" : "")}>\n<caption>").Text(caption).Markup("</caption>\n");
        if (all.Length == 0)
        {
            Markup("<tbody role=\"rowgroup\"><tr role=\"row\"><td role=\"cell\">none</td></tr></tbody>\n</table>\n");
            return;
        }

        Markup("<thead role=\"rowgroup\"><tr role=\"row\">");
        for (var i = 0; i < columns.Length; i++)
            Markup($"<th role=\"columnheader\" scope=\"col\" class=\"{(all[0][i].Class == "number" ? "number" : "")}\">").Text(columns[i]).Markup("</th>");
        Markup("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (var row in all)
        {
            Markup("<tr role=\"row\">");
            for (var i = 0; i < row.Length; i++)
                Cell(row[i], columns[i], isHead: i == 0);
            Markup("</tr>\n");
        }

        Markup("</tbody>\n</table>\n");
    }

    private void Cell(HtmlCell cell, string column, bool isHead) =>
        Markup(isHead ? "<th role=\"rowheader\" scope=\"row\"" : "<td role=\"cell\"")
            .Markup($" class=\"{cell.Class}\" data-label=\"").Text(column).Markup("\"><span>").Text(cell.Text)
            .Markup(isHead ? "</span></th>" : "</span></td>");
}
