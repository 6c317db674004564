using LanguageExt;

namespace Acomm.Domain;

public abstract partial record AcommError
{
    /// <summary>Bytes that are not a JSON document of the wanted shape. <paramref name="OffsetBytes"/> is where reading stopped.</summary>
    public sealed record DocumentMalformed(string Document, string Reason, long OffsetBytes) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Document}: {Reason} (at byte {OffsetBytes})";
    }

    /// <summary>A JSON document with fields that do not fit; every problem found is listed.</summary>
    public sealed record DocumentInvalid(string Document, Seq<ValueInvalid> Problems) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Document}: {string.Join("; ", Problems.Map(p => p.Message))}";
    }

    /// <summary>One value that does not fit: <paramref name="Thing"/> names it, <paramref name="Problem"/> names limit and value.</summary>
    public sealed record ValueInvalid(string Thing, string Problem) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Thing} {Problem}";
    }

    /// <summary>A frame whose header announces no payload.</summary>
    public sealed record FrameEmpty : AcommError
    {
        /// <inheritdoc/>
        public override string Message => "frame of 0 bytes, at least 1 is needed";
    }

    /// <summary>A frame, or a document to be framed, above the limit; nothing was allocated for it.</summary>
    public sealed record FrameTooLong(long LimitBytes, long ValueBytes) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"frame of {ValueBytes} bytes, the limit is {LimitBytes}";
    }

    /// <summary>The bytes ended inside a frame.</summary>
    public sealed record FrameTruncated(long WantedBytes, long GotBytes) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"frame cut after {GotBytes} of {WantedBytes} bytes";
    }

    /// <summary>A frame that did not arrive whole in time.</summary>
    public sealed record FrameTimeout(TimeSpan Limit, long GotBytes) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"frame not whole after {Limit.TotalSeconds:0.###} s, {GotBytes} bytes had arrived";
    }

    /// <summary>Bytes behind the one frame that a connection may carry.</summary>
    public sealed record TrailingBytes(long Count) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Count} bytes behind the frame, none are allowed";
    }

    /// <summary>A value of the user's that its serializer could not write.</summary>
    public sealed record Unserializable(string Type, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"a {Shown.Text(Type)} cannot be written as JSON: {Shown.Text(Reason)}";
    }
}
