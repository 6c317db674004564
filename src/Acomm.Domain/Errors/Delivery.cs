namespace Acomm.Domain;

/// <summary>What is known of a message whose sending or answering failed.</summary>
public enum Delivery
{
    /// <summary>No byte of it was written to a peer: sending it again is safe.</summary>
    NotSent,

    /// <summary>The receiver said that it does not take it.</summary>
    Refused,

    /// <summary>Some of it may have reached the receiver, and no acknowledgement was read.</summary>
    Indeterminate,

    /// <summary>The receiver took it.</summary>
    Taken,
}

/// <summary>The one place that tells <see cref="Delivery.NotSent"/> from <see cref="Delivery.Indeterminate"/>.</summary>
public static class Deliveries
{
    /// <summary>What is known of a message of which a sender had written <paramref name="bytes"/> bytes when it failed.</summary>
    public static Delivery AfterWriting(long bytes) => bytes == 0 ? Delivery.NotSent : Delivery.Indeterminate;

    /// <summary>Whether a request whose sending failed so will certainly get no answer, and can be completed at once.</summary>
    public static bool IsFinal(this Delivery delivery) => delivery is Delivery.NotSent or Delivery.Refused;
}
