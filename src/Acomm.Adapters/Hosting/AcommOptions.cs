using System.Text.Json;
using Acomm.Domain;

namespace Acomm.Adapters;

/// <summary>How a node is set up. All of it is validated when the application starts.</summary>
public sealed class AcommOptions
{
    /// <summary>The node's unix socket: an absolute path of at most 107 bytes of UTF-8. It is needed.</summary>
    public string SocketPath { get; set; } = "";

    /// <summary>Where ad-hoc stream sockets are made; the directory of <see cref="SocketPath"/> if it is not set.</summary>
    public string? StreamDirectory { get; set; }

    /// <summary>
    /// The http(s) address under which other machines reach the endpoints of <c>MapAcomm</c>. If it is not set, the
    /// first address that the server listens on is taken, with the path that the endpoints are mapped to.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long a stop waits for open requests before it cuts them: 30 s.</summary>
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What the node takes, and how long it waits.</summary>
    public Limits Limits { get; set; } = Limits.Default;

    /// <summary>Who may open the node's sockets, and who of them is served; by default its own user.</summary>
    public SocketAccess Access { get; set; } = SocketAccess.Default;

    /// <summary>Where the node connects on the word of others; by default only back to them.</summary>
    public OutsidePolicy Outside { get; set; } = OutsidePolicy.Default;

    /// <summary>
    /// How args and results are converted; the defaults for the web (camelCase) if it is not set, with what a record's constructor
    /// or a type that is not nullable needs being needed. A source-generated context goes into its type info resolver; without one, types are looked into at run time, which a trimmed application does not allow.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The path of the section that they were to come from, if it does not exist or is empty: wrong only if code sets too little after it.</summary>
    internal string? EmptySection { get; set; }

    internal string StreamDirectoryOrDefault => StreamDirectory ?? Path.GetDirectoryName(SocketPath) ?? "";
}
