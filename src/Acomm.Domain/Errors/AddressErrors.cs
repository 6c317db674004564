namespace Acomm.Domain;

public abstract partial record AcommError
{
    /// <summary>Text that is no address, or, without text, a part of one that cannot be; what may be a secret is not shown.</summary>
    public sealed record AddressMalformed(string Text, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => Text.Length == 0 ? Reason : $"address '{Shown.AddressText(Text)}' {Reason}";
    }

    /// <summary>An address of a scheme other than unix, http and https.</summary>
    public sealed record SchemeUnknown(string Scheme) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"scheme '{Shown.Text(Scheme)}' is not one of unix, http, https";
    }

    /// <summary>An address that can be read but names nothing that can be reached.</summary>
    public sealed record AddressUnusable(Address Address, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"address {Address.Shown} {Reason}";
    }

    /// <summary>A socket path longer than the system's socket address holds.</summary>
    public sealed record PathTooLong(string Path, int LimitBytes, int ValueBytes) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"socket path '{Shown.Text(Path)}' has {ValueBytes} bytes, the limit is {LimitBytes}";
    }

    /// <summary>An address that came from outside and that this node may not connect to.</summary>
    public sealed record AddressForbidden(Address Address, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"address {Address.Shown} is not allowed here: {Reason}";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.NotSent;
    }

    /// <summary>A call to another machine by a node that has no HTTP address to be answered at.</summary>
    public sealed record NoPublicUrl(Address Address) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Address.Shown} could not answer: this node has no public HTTP address (set PublicUrl, or map the endpoints)";
    }
}
