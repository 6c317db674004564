using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;

namespace Acomm.Domain;

/// <summary>Puts a document together in borrowed memory, so that only its bytes are left of it.</summary>
internal ref struct DocumentWriter
{
    // Most documents fit into this, and none has to.
    private const int UsualBytes = 1024;

    // A control character of one byte becomes \u001F.
    private const int EscapedBytesPerByte = 6;

    private const int LongestNumberBytes = 20;

    private static readonly JavaScriptEncoder Escaping = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private int length;

    public DocumentWriter()
    {
    }

    /// <summary>What is JSON already, or a piece of it.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        length += json.Length;
    }

    /// <summary>A whole number.</summary>
    public void Number(long number)
    {
        Utf8Formatter.TryFormat(number, Room(LongestNumberBytes), out var written);
        length += written;
    }

    /// <summary>Text, quoted and escaped; it has no unpaired surrogates.</summary>
    public void Text(string text)
    {
        Raw("\""u8);
        var plain = Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
        if (Escaping.FindFirstCharacterToEncodeUtf8(buffer.AsSpan(length, plain)) is >= 0 and var first)
            Escape(first, plain);
        else
            length += plain;
        Raw("\""u8);
    }

    /// <summary>The document, in the borrowed memory. Nothing is written after this.</summary>
    public readonly BorrowedDocument Done() => new(buffer, length);

    private void Escape(int first, int plain)
    {
        var rest = buffer.AsSpan(length + first, plain - first).ToArray();
        length += first;
        Escaping.EncodeUtf8(rest, Room(EscapedBytesPerByte * rest.Length), out _, out var written);
        length += written;
    }

    private Span<byte> Room(int bytes)
    {
        if (buffer.Length - length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(length + bytes);
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        return buffer.AsSpan(length);
    }
}
