namespace Acomm.Domain;

public abstract partial record AcommError
{
    /// <summary>A stream that was never handed out here, or was used or reclaimed since.</summary>
    public sealed record StreamUnknown : AcommError
    {
        /// <inheritdoc/>
        public override string Message => "no such stream, or it was read already, or its time is over";
    }

    /// <summary>A request or an answer without the stream that was asked for.</summary>
    public sealed record StreamMissing(RequestId Id) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Id} carries no stream";
    }

    /// <summary>One stream more than a node serves at a time; <paramref name="What"/> says which of them are too many.</summary>
    public sealed record TooManyStreams(string What, int Limit, int Value) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Value} streams are {Shown.Text(What)}, the limit is {Limit}";
    }

    /// <summary>A stream that ended before its source did.</summary>
    public sealed record StreamTorn(Address Address, string Reason) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"the stream {Address.Shown} broke off: {Shown.Text(Reason)}";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Taken;
    }

    /// <summary>A stream of which nothing moved for too long.</summary>
    public sealed record StreamIdle(Address Address, TimeSpan Limit) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"nothing moved on the stream {Address.Shown} for {Limit.TotalSeconds:0.###} s";

        /// <inheritdoc/>
        public override Delivery Delivery => Delivery.Taken;
    }
}
