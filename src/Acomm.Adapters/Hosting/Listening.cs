namespace Acomm.Adapters;

/// <summary>The listener of a node, as long as it listens.</summary>
internal sealed class Listening
{
    private volatile UnixListener? listener;

    public UnixListener? Listener
    {
        get => listener;
        set => listener = value;
    }
}
