using Acomm.Domain;

namespace Acomm.Cli;

/// <summary>What the tool exits with. They stand in the help and in docs/cli.md.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int TaskFailed = 1;
    public const int Usage = 2;
    public const int NotSent = 3;
    public const int Unknown = 4;
    public const int Refused = 5;
    public const int Here = 6;
    public const int Interrupted = 130;
    public const int ReaderGone = 141;
    public const int Terminated = 143;

    public static readonly IReadOnlyList<(int Code, string Meaning)> All =
    [
        (Success, "it succeeded"),
        (TaskFailed, "the task failed, or a stream broke off"),
        (Usage, "the arguments are wrong"),
        (NotSent, "nothing was sent: nobody listens there, or it cannot be reached"),
        (Unknown, "no answer in time, or the connection broke: whether the task ran is not known"),
        (Refused, "the other side refused the request, or its reply is of no use"),
        (Here, "a file, socket or port of this side cannot be used"),
        (Interrupted, "interrupted (SIGINT)"),
        (ReaderGone, "whoever read the output went away"),
        (Terminated, "terminated (SIGTERM)"),
    ];

    public static int Of(AcommError error) => error switch
    {
        AcommError.AddressMalformed or AcommError.SchemeUnknown or AcommError.AddressUnusable or AcommError.PathTooLong or AcommError.NoPublicUrl
            or AcommError.ValueInvalid or AcommError.DocumentInvalid or AcommError.DocumentMalformed or AcommError.TimeoutInvalid
            or AcommError.FrameTooLong => Usage,
        AcommError.ListenFailed or AcommError.AddressInUse or AcommError.DirectoryUnsafe => Here,
        AcommError.StreamMissing or AcommError.StreamUnknown => TaskFailed,
        _ => Of(error.Delivery),
    };

    private static int Of(Delivery delivery) => delivery switch
    {
        Delivery.NotSent => NotSent,
        Delivery.Refused => Refused,
        Delivery.Taken => TaskFailed,
        _ => Unknown,
    };
}
