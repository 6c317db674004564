using System.Buffers;

namespace Acomm.Domain;

/// <summary>A written document in memory that is borrowed: to be read until it is disposed, once, and not after.</summary>
public readonly struct BorrowedDocument : IDisposable
{
    private readonly byte[]? borrowed;

    internal BorrowedDocument(byte[] borrowed, int length) => (this.borrowed, Bytes) = (borrowed, borrowed.AsMemory(0, length));

    private BorrowedDocument(ReadOnlyMemory<byte> own) => Bytes = own;

    /// <summary>The document.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A document in memory that is nobody else's.</summary>
    public static BorrowedDocument Of(ReadOnlyMemory<byte> own) => new(own);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (borrowed is not null)
            ArrayPool<byte>.Shared.Return(borrowed);
    }

    /// <summary>A copy of the document; the memory is given back.</summary>
    public byte[] ToBytes()
    {
        var bytes = Bytes.ToArray();
        Dispose();
        return bytes;
    }
}
