using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Acomm.Properties.Generators;

/// <summary>JSON values as text, in every spelling that RFC 8259 allows: nothing here may be changed on the way.</summary>
public static class MessagesJson
{
    private static readonly Gen<string> Space = Gen.Frequency((6, Gen.Constant("")), (2, Gen.Elements(" ", "\n", "\t", "\r\n", "  ")));

    private static readonly Gen<string> Leaf = Gen.Elements(
        "null", "true", "false", "0", "-0", "-0.0", "1", "1.0", "1.50", "1e999", "-1E+999", "1e-999", "1E0", "0.1e00",
        "123456789012345678901234567890", new string('9', 300), "\"\"", "\"a\"", "\"é😀\"", "\"\\u00e9\\ud83d\\ude00\"",
        "\"\\u003ca\\u0026b\\u003e\"", "\"<a&b>\"", "\"\\/ / \\\" \\\\ \\b\\f\\n\\r\\t\"", "\"\\u0000\"", "\"\u2028\"",
        "\"\\ud800\"", "\"\\udc00x\"");

    private static readonly Gen<string> Key = Gen.Elements("\"a\"", "\"A\"", "\"id\"", "\"Scheme\"", "\"\"", "\"\\u0061\"", "\"\\ud800\"", "\"é\"");

    /// <summary>One JSON value without white space around it, at most a few levels deep.</summary>
    public static Gen<string> Text { get; } = Gen.Choose(0, 4).SelectMany(Value);

    /// <summary>The same as a value of the domain.</summary>
    public static Gen<RawJson> Raw { get; } = Text.Select(text => RawJson.Parse(text).Right());

    /// <summary>White space, perhaps none.</summary>
    public static Gen<string> Whitespace => Space;

    private static Gen<string> Value(int depth) =>
        depth == 0 ? Leaf : Gen.Frequency((2, Leaf), (2, Array(depth - 1)), (3, Object(depth - 1)));

    private static Gen<string> Array(int depth) =>
        from items in Padded(depth).ArrayOf()
        from empty in Space
        select items.Length == 0 ? $"[{empty}]" : $"[{string.Join(',', items.Take(4))}]";

    // Keys may come twice here: only the reader of args may mind.
    private static Gen<string> Object(int depth) =>
        from members in (from key in Key from space in Space from value in Padded(depth) select $"{space}{key}{space}:{value}").ArrayOf()
        select $"{{{string.Join(',', members.Take(4))}}}";

    private static Gen<string> Padded(int depth) =>
        from before in Space
        from value in Value(depth)
        from after in Space
        select before + value + after;
}
