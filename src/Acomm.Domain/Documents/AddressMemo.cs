using System.Text.Json;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// Addresses by the JSON that they were read from, since the callers of a node send the same hook with every request. It
/// gives what reading would give, and may be used on any thread. Only addresses of sockets are kept: one over HTTP
/// carries a token and comes once.
/// </summary>
public sealed class AddressMemo
{
    /// <summary>No more addresses than this are kept: 256. Where one has the place of another, the newer one gets it.</summary>
    public const int Capacity = 256;

    /// <summary>No longer JSON than this is kept, in bytes: 512.</summary>
    public const int JsonLimitBytes = 512;

    private readonly Entry?[] entries = new Entry?[Capacity];

    internal Either<AcommError, Address> Read(JsonTokenType kind, ReadOnlyMemory<byte> json)
    {
        ref var entry = ref entries[Place(json.Span)];
        if (entry is { } known && known.Json.AsSpan().SequenceEqual(json.Span))
            return known.Address;
        var read = AddressJson.Read(kind, json);
        if (json.Length <= JsonLimitBytes && read.Case is Address { IsUnix: true } address)
            entry = new Entry(json.ToArray(), address);
        return read;
    }

    private static int Place(ReadOnlySpan<byte> json)
    {
        var hash = default(HashCode);
        hash.AddBytes(json);
        return (int)((uint)hash.ToHashCode() % Capacity);
    }

    private sealed record Entry(byte[] Json, Address Address);
}
