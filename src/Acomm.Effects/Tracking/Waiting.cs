using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>Who waits for an open request, and what is known of it besides what the rules need.</summary>
internal sealed class Waiting() : TaskCompletionSource<Completion>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private volatile SendingPhase phase;

    /// <summary>What it asks. Written once, before anybody else can see it.</summary>
    public Subject Subject { get; set; }

    /// <summary>When it was registered. Written once, before anybody else can see it.</summary>
    public Instant Since { get; set; }

    /// <summary>How far it got.</summary>
    public SendingPhase Phase
    {
        get => phase;
        set => phase = value;
    }
}
