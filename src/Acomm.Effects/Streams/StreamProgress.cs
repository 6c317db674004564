namespace Acomm.Effects;

/// <summary>How far a stream is that others read from here.</summary>
/// <param name="Bytes">The bytes that were written to its consumer so far.</param>
/// <param name="End">Whether it is over, and how.</param>
public readonly record struct StreamProgress(long Bytes, StreamEnd End);

/// <summary>How a stream ended.</summary>
public enum StreamEnd
{
    /// <summary>It goes on.</summary>
    Open,

    /// <summary>All of it was written to its consumer.</summary>
    Complete,

    /// <summary>It broke off: the source failed, the consumer went, was too slow, or the node stopped.</summary>
    Torn,

    /// <summary>Nobody opened it.</summary>
    Unread,
}
