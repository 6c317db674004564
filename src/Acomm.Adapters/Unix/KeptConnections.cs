using System.Collections.Concurrent;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>The connections that peers have offered to keep, one for each path.</summary>
internal sealed class KeptConnections(Limits limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, KeptConnection> byPath = new(StringComparer.Ordinal);
    private volatile bool keepsNone;

    /// <summary>Keeps connections again, after all were closed.</summary>
    public void Open() => keepsNone = false;

    /// <summary>How many there are.</summary>
    public int Count => byPath.Count;

    /// <summary>Sends on the connection that there is; false if there is none, or it takes no more.</summary>
    public bool TrySend(string path, ReadOnlyMemory<byte> document, ISent sent) =>
        byPath.TryGetValue(path, out var kept) && kept.TrySend(document, sent);

    /// <summary>Keeps a connection, unless there is one already; then it is closed.</summary>
    public void Keep(string path, Address peer, Socket socket, int window)
    {
        if (keepsNone || byPath.ContainsKey(path))
        {
            socket.Dispose();
            return;
        }

        var kept = new KeptConnection(socket, peer, Math.Min(window, limits.ConnectionInFlight), limits, time, ended => byPath.TryRemove(KeyValuePair.Create(path, ended)));
        if (!byPath.TryAdd(path, kept) || keepsNone)
            kept.Dispose();

        // It may have told so before it was there to be removed, and does not tell it again.
        else if (kept.HasEnded)
            byPath.TryRemove(KeyValuePair.Create(path, kept));
    }

    /// <summary>Closes all of them, and those that are offered from now on; what is under way on them is told so.</summary>
    public void CloseAll()
    {
        keepsNone = true;
        foreach (var kept in byPath.Values)
            kept.Dispose();
    }
}
