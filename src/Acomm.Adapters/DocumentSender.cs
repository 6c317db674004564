using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Sends over whatever the address names.</summary>
internal sealed class DocumentSender(UnixSender unix, HttpSender http) : IDocumentSender
{
    public Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, Reach reach, CancellationToken cancel) =>
        to.IsUnix ? unix.SendAsync(to, document, cancel) : http.SendAsync(to, document, reach, cancel);

    public void Tell(Address to, ReadOnlyMemory<byte> document, Reach reach)
    {
        if (to.IsUnix)
            unix.TrySend(to, document, Unheard.Instance);
        else
            http.Tell(to, document, reach);
    }

    public bool TrySend(Address to, ReadOnlyMemory<byte> document, ISent sent) => to.IsUnix && unix.TrySend(to, document, sent);

    private sealed class Unheard : ISent
    {
        public static readonly Unheard Instance = new();

        public void Done(Either<AcommError, Unit> outcome)
        {
        }
    }
}
