namespace Acomm.Domain;

/// <summary>What can happen to the requests that handlers are wanted for. A ticket stands for one request, and is used once.</summary>
public abstract record AdmissionInput
{
    private AdmissionInput() { }

    /// <summary>A request of so many bytes wants to be handled.</summary>
    public sealed record Arrive(TaskName Task, long Ticket, int Bytes) : AdmissionInput;

    /// <summary>A handler of the task is through.</summary>
    public sealed record Finish(TaskName Task) : AdmissionInput;

    /// <summary>A request that waits is given up.</summary>
    public sealed record Withdraw(TaskName Task, long Ticket) : AdmissionInput;
}

/// <summary>What becomes of a request.</summary>
public abstract record AdmissionOutput
{
    private AdmissionOutput() { }

    /// <summary>It is to be handled now, and its end to be told by <see cref="AdmissionInput.Finish"/>.</summary>
    public sealed record Run(long Ticket) : AdmissionOutput;

    /// <summary>It waits for its turn.</summary>
    public sealed record Wait(long Ticket) : AdmissionOutput;

    /// <summary>It is neither run nor kept.</summary>
    public sealed record Refused(long Ticket, AcommError Error) : AdmissionOutput;
}
