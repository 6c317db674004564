namespace Acomm.Domain;

/// <summary>
/// Everything that can go wrong, as values. The name of a case is stable and travels in acknowledgements;
/// the message names the thing, the limit and the value, never a payload or a token.
/// </summary>
/// <remarks>The cases stand in one file for each subject: documents, addresses, tracking, sending, handling, streams.</remarks>
public abstract partial record AcommError
{
    private AcommError() { }

    /// <summary>The stable name of the case, for example <c>FrameTooLong</c>.</summary>
    public string Name => GetType().Name;

    /// <summary>One sentence for a person.</summary>
    public abstract string Message { get; }

    /// <summary>What is known of the message that failed; a refusal where a case says nothing else.</summary>
    public virtual Delivery Delivery => Delivery.NotSent;

    /// <summary>The name and the message, as a refusing acknowledgement carries them.</summary>
    public sealed override string ToString() => $"{Name}: {Message}";
}
