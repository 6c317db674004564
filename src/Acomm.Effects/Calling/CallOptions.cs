using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>What a call may say besides address, task and args.</summary>
public sealed record CallOptions
{
    /// <summary>Nothing besides.</summary>
    public static readonly CallOptions None = new();

    /// <summary>The id; a random UUID if it is not set.</summary>
    public RequestId? Id { get; init; }

    /// <summary>How long to wait for the answer; 60 s by default (<see cref="Limits.RequestTimeout"/>).</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Data for the handler to read. It is disposed when it was read, when the call is refused, or when nobody opens it in time.</summary>
    public StreamSource? Stream { get; init; }

    /// <summary>The address to which the receiver is to pass the request on instead of handling it.</summary>
    public Address? TaskUrl { get; init; }

    /// <summary>For a call that ends before its stream could be offered.</summary>
    internal ValueTask DisposeStreamAsync() => Stream?.DisposeAsync() ?? ValueTask.CompletedTask;
}
