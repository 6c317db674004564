namespace Acomm.Properties.Codec;

/// <summary>Values that are JSON, that are not, and that RFC 8259 leaves to the reader.</summary>
public static class JsonCases
{
    private static readonly string Long = new('x', 100);

    public static IReadOnlyList<JsonCase> Valid { get; } = Texts(
        // numbers
        "0", "-0", "1", "-1", "42", "1234567890", "0.5", "-0.5", "0.0", "-0.0", "1.50", "0e1", "0E1", "0e+1", "0E-1", "1e2", "1E2", "1e+2",
        "1E+2", "1e-2", "1E-2", "-1.5e-10", "123.456e78", "1e00", "1E-0012", "20e1", "-1e+1", "[1,-1,0]", "[ 4]", "[1 ]",
        "-0.000000000000000000000000000000000000000000000000000000000000000000000000001", "9007199254740993", "0.1000",

        // literals
        "null", "true", "false", "[null]", "[true,false,null]",

        // text
        "\"\"", "\" \"", "\"a\"", "\"asd \"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"/\"", "\"\\u0000\"", "\"\\u0012\"", "\"\\u0022\"", "\"\\u005C\"",
        "\"\\u002c\"", "\"\\u00e9\"", "\"\\u00E9\"", "\"\\uabCD\"", "\"\\u2028\\u2029\"", "\"\\uFFFF\"", "\"\\uFFFE\"", "\"\\uFDD0\"", "\"\\u200B\"",
        "\"\\u2064\"", "\"\\uD801\\udc37\"", "\"\\ud83d\\ude39\\ud83d\\udc8d\"", "\"\\uDBFF\\uDFFE\"", "\"\\u0821\"", "\"\\\\u0000\"", "\"\\\\n\"",
        "\"\\\"\"", "\"a/*b*/c//d\"", "\"é\"", "\"€\"", "\"漢字\"", "\"😀\"", "\"\u2028\"", "\"\u2029\"", "\"\u007f\"", "\"\u0080\"", "\"\u200b\"",
        "\"\ufeff\"", "\"\ufffe\"", "\"\uffff\"", "\"\U0010FFFF\"", "\"\U0001FFFF\"", "\"<script>&'\"", "\"[{]}:,\"", "[\"a\" ]",

        // structures
        "[]", "[ ]", "{}", "{ }", "[[]]", "[{}]", "{\"a\":{}}", "[[],[[]]]", "[1,null,\"a\",{}]", "{\"a\":[]}", "[1,2 , 3]", "[\n]", "{\"a\":\"b\"\n}",
        "{\"\":0}", "{\"a\\u0000b\":1}", "{\"\\u0000\":0}", "{\"\\\"\\\\\":0}", "{\"a\":1,\"b\":2}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"a\":2,\"A\":3}",
        "{\"id\":1,\"task\":2,\"args\":3}", "{\"é\":1}", "{\"\u2028\":1}", "{\"x\":[{\"id\":\"" + Long + "\"}],\"id\":\"" + Long + "\"}",

        // white space: these four and no other
        " []", "[] ", "\t[]", "\n[]", "\r[]", "\r\n[\t1 ,\r\n2\n]\n", " \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n1 \t\r\n} \t\r\n", " null ", "\n\"a\"\n");

    /// <summary>Numbers that no double holds, and halves of surrogate pairs as escapes: nobody here reads them.</summary>
    public static IReadOnlyList<JsonCase> Doubtful { get; } = Texts(
        "1e999", "-1E+999", "0.4e00669999999999999999999999999999999999999999999999999999999999999999999", "1e-10000", "123.456e-789",
        "1E400", "-1e+9999", "100000000000000000000", "-123123123123123123123123123123", new string('9', 300), "0." + new string('0', 300) + "1",
        "-" + new string('8', 5_000), "1e" + new string('9', 300), "\"\\uD800\"", "\"\\uDBFF\"", "\"\\udc00\"", "\"\\uDADA\\n\"", "\"\\uD888\\u1234\"",
        "\"\\uD800\\uD800\"", "\"\\ud800\\ud800\\udc00\"", "\"\\uDd1e\\uD834\"", "\"\\ud800abc\"", "{\"\\uDFAA\":0}", "{\"\\ud800\":\"\\udc00\"}");

    public static IReadOnlyList<JsonCase> Invalid { get; } =
    [
        .. Texts(
        // numbers
        "00", "01", "-01", "-012", "012", "1.", "-1.", "1.e1", "2.e+3", "0.e1", ".5", "-.5", ".2e-3", "+1", "++1", "-", "+", "--1", "- 1", "-a", "1e",
        "1e+", "1e-", "0e", "0E+", "1.0e", "1.0e+", "1eE2", "1e1.5", "0.3e", "9.e+", "1 000", "1_000", "1,000", "0x1", "0x", "-0x1F", "0b1", "0o7", "1a", "1.2a", "1.8011670033376514H-308",
        "NaN", "-NaN", "nan", "Infinity", "-Infinity", "inf", "Inf", "-foo", "1-", "1.2.3", "0.1.2", "0..1", "1+2", "\uff11", "1\0", "0e+-1", "-2.", "1e1e1",

        // literals
        "nul", "tru", "fals", "nulL", "NULL", "True", "TRUE", "False", "None", "undefined", "truth", "nullx", "truefalse", "a", "å", "*", "<null>",

        // text
        "\"", "\"a", "a\"", "'a'", "'", "`a`", "\"\\\"", "\"\\\\\\\"", "\"\\x\"", "\"\\x00\"", "\"\\a\"", "\"\\v\"", "\"\\0\"", "\"\\'\"", "\"\\ \"", "\"\\U0041\"",
        "\"\\u\"", "\"\\u1\"", "\"\\u12\"", "\"\\u123\"", "\"\\u00A", "\"\\u00G0\"", "\"\\uqqqq\"", "\"\\u{41}\"", "\"\\uD834\\uDd\"", "\"\\uD800\\u\"", "\"\\uD800\\u1\"",
        "\"\\uD800\\u1x\"", "\"\\uD800\\\"", "\"\\é\"", "\"\\😀\"", "\"a\"b", "\"a\" \"b\"", "\"\\",
        "\"\0\"", "\"\u0001\"", "\"\u0008\"", "\"\t\"", "\"\n\"", "\"\r\"", "\"\u001f\"", "\"\u001b\"", "\"a\nb\"", "\\u0020\"asd\"", "\\n",

        // arrays
        "[", "]", "[[", "[[]", "[]]", "[1", "[1,", "[,", "[,1]", "[1,]", "[1,,2]", "[1,,]", "[,]", "[ , \"\"]", "[1 2]", "[1 true]", "[1:2]", "[\"a\":1]", "[\"a\",\n4\n,1,",
        "[1}", "[\"x\"", "[\"\", ", "[3[4]]", "[*]", "[;]", "(1)", "[a]", "[\"a\"", "[\\n]", "[1\n", "[{", "[{}", "[}", "[\"a", "[x", "[-]", "[1]x", "[][]", "[1],",

        // objects
        "{", "}", "{}}", "{{", "{{}}", "{]", "{[", "{,", "{,}", "{\"a\"", "{\"a\"}", "{\"a\":", "{\"a\":}", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{\"a\":1,,\"b\":2}", "{\"a\":1 \"b\":2}",
        "{\"a\",1}", "{\"a\" 1}", "{\"a\"::1}", "{:1}", "{\"a\":1:2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{true:1}", "{[]:1}", "{\"a\":1]", "{\"a\":\"b\"}#", "{\"a\":\"b\",,,,,}",
        "{\"a\":'b'}", "{\"a\":a}", "{\"a", "{\"a\": true} \"x\"", "{\"x\", null}", "{\"x\"=1}", "{\"a\"b}", "{\"\\", "[{\"\":\"",

        // comments and others' white space
        "/**/1", "1/**/", "//x\n1", "1//", "1/", "[1,/**/2]", "{\"a\":/*x*/1}", "{\"a\":1}/*", "#1\n", "1#", "\f1", "[\f]", "1\v", "[\v1]", "[\u00a0]", "\u00a01", "[\u2060]", "[\u2028]",
        "[\u3000]", "\u20281", "\u00851", "[\u0085]", "[\u200b1]", "\0", "1 \0", "[\u0000]", "[1]\u0001",

        // nothing, and more than one
        "", " ", "\n", "\t\r\n", "1 2", "null null", "{}{}", "1]", "1}", ",", "1,", ":", "\"a\":1x", "<.>", "@", "\"\":"),
        .. Hexes(
        // no UTF-8: a single byte, an overlong form, a surrogate, above the last character, cut short
        "FF", "22FF22", "2280BF22", "22C0AF22", "22C08022", "22E0808022", "22E080AF22", "22F08080AF22", "22FC83BFBFBFBF22", "22C122", "22EDA08022", "22EDBFBF22", "22EDA080EDB08022",
        "22F490808022", "22F5808022", "22F8888080808022", "22C322", "22E28222", "22E2", "22F09F9822", "22E922", "5BE55D", "5BFF5D", "31E5", "3165E5", "2D31F8", "5CE5", "225CE522", "225C75E522", "7B22B9223A317D", "7BF09F87A87D", "E9",
        "22E9FF22"),
    ];

    /// <summary>JSON perhaps, but not for us: too deep, not UTF-8, or begun by a byte order mark.</summary>
    public static IReadOnlyList<JsonCase> OverOurLimits { get; } =
    [
        .. Texts(
            Nested(32), Nested(33), Nested(500), Nested(100_000), new string('[', 32), new string('[', 100_000), Repeated("[{\"\":", 50_000), Repeated("{\"a\":", 100_000),
            Repeated("{\"a\":", 33) + "1" + new string('}', 33), "\uFEFF{}", "\uFEFF1", "\uFEFF", "{}\uFEFF"),
        .. Hexes(
            "EF", "EFBB", "EFBB7B7D", "FFFE5B005D00", "FEFF005B005D", "5B00220061002200" + "5D00", "005B002200E90022005D", "FFFE0000", "0000005B0000005D"),
    ];

    private static string Nested(int depth) => DepthTests.Nested(depth);

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static IReadOnlyList<JsonCase> Texts(params string[] texts) => [.. texts.Select(JsonCase.Of)];

    private static IReadOnlyList<JsonCase> Hexes(params string[] hexes) => [.. hexes.Select(JsonCase.OfHex)];
}
