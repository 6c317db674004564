using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>The hooks of a node: its socket for those on its host, and for others its HTTP address with a token.</summary>
internal sealed class Hooks(World world, Site site)
{
    private const string Path = "proxy";
    private const string Parameter = "token";

    public (Address Address, Option<Token> Token) For(Address receiver)
    {
        if (receiver.IsUnix)
            return (site.OwnHook, None);
        var token = Known.Token(world.Draw.Secret());
        return (site.PublicUrl.Append(Path).WithQuery(Parameter, token.Reveal()), token);
    }

    /// <summary>Whether a POST to this address is a response, and the token that it shows.</summary>
    public static bool IsHook(Address address, out Option<Token> token)
    {
        token = address.RawQuery.StartsWith(Parameter + "=", StringComparison.Ordinal)
            ? Token.Parse(address.RawQuery[(Parameter.Length + 1)..]).ToOption()
            : None;
        return address.Path == "/" + Path;
    }

    /// <summary>The address at which a stranger tries his luck.</summary>
    public static Address Guess(Site site, Option<Token> token) => token.Match(
        Some: t => site.PublicUrl.Append(Path).WithQuery(Parameter, t.Reveal()),
        None: () => site.PublicUrl.Append(Path));
}
