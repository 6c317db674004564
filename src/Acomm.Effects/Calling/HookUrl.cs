namespace Acomm.Effects;

/// <summary>How the HTTP hook of a node is addressed, under its public address.</summary>
public static class HookUrl
{
    /// <summary>The path at which responses from other machines are taken.</summary>
    public const string Path = "proxy";

    /// <summary>The query parameter with the token that a response must show.</summary>
    public const string TokenParameter = "token";
}
