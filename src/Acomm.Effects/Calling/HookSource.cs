using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A hook for one request, and what an answer from outside has to show there.</summary>
internal readonly record struct Hook(Address Address, Option<Token> Token);

/// <summary>Gives requests the hook that their receiver can reach.</summary>
internal sealed class HookSource(NodeSettings settings, NodeCapabilities can)
{
    /// <summary>The unix socket for a receiver on unix; else the HTTP address with a token, or <see cref="AcommError.NoPublicUrl"/>.</summary>
    public Either<AcommError, Hook> For(Address receiver) => receiver.IsUnix ? Own(receiver) : Outer(receiver);

    private Either<AcommError, Hook> Own(Address receiver) =>
        receiver.UnixPath.Case is AcommError unusable ? unusable : new Hook(settings.OwnHook, None);

    private Either<AcommError, Hook> Outer(Address receiver) =>
        from target in receiver.HttpTarget
        from url in can.PublicUrl.Current.ToEither<AcommError>(new AcommError.NoPublicUrl(receiver))
        let token = can.Secrets.NewToken()
        select new Hook(url.Append(HookUrl.Path).WithQuery(HookUrl.TokenParameter, token.Reveal()), token);
}
