using LanguageExt;

namespace Acomm.Domain;

public abstract partial record AcommError
{
    /// <summary>Nobody listens at the address, or it cannot be connected to.</summary>
    public sealed record PeerUnreachable(Address Address, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} cannot be reached: {Shown.Text(Reason)}";
    }

    /// <summary>The peer's queue of waiting connections is full.</summary>
    public sealed record PeerOverloaded(Address Address) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} takes no more connections at present";
    }

    /// <summary>The connection ended before the acknowledgement was read.</summary>
    public sealed record PeerClosed(Address Address, string Reason, Delivery State) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} ended the connection before its acknowledgement: {Shown.Text(Reason)}";

        /// <inheritdoc/>
        public override Delivery Delivery => State;
    }

    /// <summary>The peer did not read what was written to it in time.</summary>
    public sealed record WriteTimeout(Address Address, TimeSpan Limit, Delivery State) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} did not take the message within {Limit.TotalSeconds:0.###} s";

        /// <inheritdoc/>
        public override Delivery Delivery => State;
    }

    /// <summary>The message was written, and no acknowledgement came in time.</summary>
    public sealed record AckTimeout(Address Address, TimeSpan Limit) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"no acknowledgement from {Address.Shown} within {Limit.TotalSeconds:0.###} s";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Indeterminate;
    }

    /// <summary>The reply is no acknowledgement.</summary>
    public sealed record BadAck(Address Address, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"the reply of {Address.Shown} is no acknowledgement: {Shown.Text(Reason)}";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Indeterminate;
    }

    /// <summary>The receiver refused the message; <paramref name="Text"/> is its own, <paramref name="Code"/> the name of its error if it is one of our own peers.</summary>
    public sealed record Rejected(Address Address, string Text, Option<string> Code) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} refused it: {Shown.Text(Text)}";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Refused;
    }

    /// <summary>An HTTP status other than success, without an acknowledgement: 4xx refuses, anything else tells nothing.</summary>
    public sealed record HttpStatus(Address Address, int Status) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} replied with HTTP status {Status}";

        /// <inheritdoc/>
        public override Delivery Delivery => Status is >= 400 and < 500 ? Delivery.Refused : Delivery.Indeterminate;
    }

    /// <summary>The peer replied with a redirect, which is never followed.</summary>
    public sealed record RedirectRefused(Address Address, int Status) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} replied with a redirect (HTTP status {Status}), which is not followed";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Refused;
    }

    /// <summary>The host name of the address did not resolve.</summary>
    public sealed record DnsFailed(Address Address, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"the host of {Address.Shown} cannot be resolved: {Shown.Text(Reason)}";
    }

    /// <summary>No secure connection could be made.</summary>
    public sealed record TlsFailed(Address Address, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"no secure connection to {Address.Shown}: {Shown.Text(Reason)}";
    }

    /// <summary>A listener that could not be opened.</summary>
    public sealed record ListenFailed(string Path, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"cannot listen on '{Shown.Text(Path)}': {Shown.Text(Reason)}";
    }

    /// <summary>A socket path on which somebody answers already.</summary>
    public sealed record AddressInUse(string Path) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"somebody listens on '{Shown.Text(Path)}' already";
    }
}
