using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// Bytes that came in pieces, immutable. A piece is joined with the one before it while that is not longer, so that
/// even single bytes leave no more than a few dozen pieces, and each byte is copied a logarithmic number of times.
/// </summary>
internal sealed class Rope
{
    public static readonly Rope Empty = new(Lst<byte[]>.Empty, 0);

    private readonly Lst<byte[]> pieces;

    private Rope(Lst<byte[]> pieces, int length) => (this.pieces, Length) = (pieces, length);

    public int Length { get; }

    public Rope Append(ReadOnlySpan<byte> bytes)
    {
        var (rest, last) = (pieces, bytes.ToArray());
        while (rest.Count > 0 && rest[^1].Length <= last.Length)
        {
            last = [.. rest[^1], .. last];
            rest = rest.RemoveAt(rest.Count - 1);
        }

        return new Rope(rest.Add(last), Length + bytes.Length);
    }

    public ReadOnlyMemory<byte> ToMemory()
    {
        if (pieces.Count == 1)
            return pieces[0];
        var all = new byte[Length];
        var at = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(all, at);
            at += piece.Length;
        }

        return all;
    }
}
