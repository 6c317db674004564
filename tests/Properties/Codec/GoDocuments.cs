namespace Acomm.Properties.Codec;

/// <summary>A document of a Go peer, and what it says; addresses as text, null for none.</summary>
public sealed record GoRequest(string Name, string Json, string Task, string Args)
{
    public string? Hook { get; init; }

    public string? TaskUrl { get; init; }

    public string? StreamUrl { get; init; }

    public override string ToString() => Name;
}

/// <inheritdoc cref="GoRequest"/>
public sealed record GoResponse(string Name, string Json, string Result = "null")
{
    public string Error { get; init; } = "";

    public string? StreamUrl { get; init; }

    public override string ToString() => Name;
}

/// <summary>Documents as the two published Go versions write them (mistify first, cerana second), field order included.</summary>
internal static class GoDocuments
{
    public const string Id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    private static readonly GoUrl Unix = new("unix", Path: "/run/acomm/response/node.sock");
    private static readonly GoUrl Proxied = new("http", "localhost:8080", "/stream") { RawQuery = "addr=unix%3A%2F%2F%2Ftmp%2F778.sock" };
    private static readonly GoUrl Task = new("http", "10.0.0.7:8080", "/");
    private static readonly GoUrl Response = new("http", "127.0.0.1:4080", "/response");
    private static readonly GoUrl Upload = new("http", "127.0.0.1:4080", "/stream");
    private static readonly GoUrl Stream = new("unix", Path: "/tmp/778.sock");

    public static IEnumerable<GoRequest> Requests { get; } =
    [
        Mistify("object args", Unix, "zfs-list", """{"deep":{"a":[1,"two",null,true]},"depth":2,"name":"tank","ratio":1.5}""")
            with { Hook = "unix:///run/acomm/response/node.sock" },
        Mistify("https hook with a query", new("https", "example.com:8443", "/proxy") { RawQuery = "x=1&y=2" }, "echo", "null")
            with { Hook = "https://example.com:8443/proxy?x=1&y=2" },
        Mistify("escaped html and a line separator", Unix, "echo", """{"s":"\u003ca\u0026b\u003e\u2028é😀\"\\\n"}""")
            with { Hook = "unix:///run/acomm/response/node.sock" },
        Cerana("task only", "node-health", null, null, null, "null"),
        Cerana("three http urls", "import", Task, Response, Upload, """{"dataset":"a/b"}""")
            with { TaskUrl = "http://10.0.0.7:8080/", Hook = "http://127.0.0.1:4080/response", StreamUrl = "http://127.0.0.1:4080/stream" },
        Cerana("three unix urls", "import", new("unix", Path: "/run/acomm/coordinator/a.sock"), Unix, new("unix", Path: "/tmp/123.sock"), "[1,2,3]")
            with { TaskUrl = "unix:///run/acomm/coordinator/a.sock", Hook = "unix:///run/acomm/response/node.sock", StreamUrl = "unix:///tmp/123.sock" },
    ];

    public static IEnumerable<GoResponse> Responses { get; } =
    [
        .. Both("an object", """{"a":1}""", "", null),
        .. Both("nothing", "null", "", null),
        .. Both("an error", "null", "no providers available for task", null),
        .. Both("a unix stream", """{"name":"snap"}""", "", Stream).Select(r => r with { StreamUrl = "unix:///tmp/778.sock" }),
        .. Both("a proxied stream", "null", "", Proxied)
            .Select(r => r with { StreamUrl = "http://localhost:8080/stream?addr=unix%3A%2F%2F%2Ftmp%2F778.sock" }),
    ];

    /// <summary>Acknowledgements are responses without an id.</summary>
    public static IEnumerable<GoResponse> Acknowledgements { get; } =
    [
        .. Both("accepted", "null", "", null, id: ""),
        .. Both("refused", "null", "missing task", null, id: ""),
    ];

    private static GoRequest Mistify(string name, GoUrl hook, string task, string args) => new(
        name, $$"""{"id":"{{Id}}","task":"{{task}}","responsehook":{{hook.Json}},"args":{{args}}}""", task, args);

    private static GoRequest Cerana(string name, string task, GoUrl? taskUrl, GoUrl? hook, GoUrl? stream, string args) => new(
        name,
        $$"""{"id":"{{Id}}","task":"{{task}}","taskURL":{{Or(taskUrl)}},"responseHook":{{Or(hook)}},"streamURL":{{Or(stream)}},"args":{{args}}}""",
        task,
        args);

    private static GoResponse[] Both(string name, string result, string error, GoUrl? stream, string id = Id) =>
        [.. new[] { "stream_url", "streamURL" }.Select(key => new GoResponse(
            $"{name}, {key}",
            $$"""{"error":"{{error}}","id":"{{id}}","result":{{result}},"{{key}}":{{Or(stream)}}}""",
            result) { Error = error })];

    private static string Or(GoUrl? url) => url?.Json ?? "null";
}
