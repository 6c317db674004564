using LanguageExt;

namespace Acomm.Domain;

/// <summary>What the receiver of a request or response says at once: accepted for handling (not: done), or refused.</summary>
public abstract record Acknowledgement
{
    private Acknowledgement() { }

    /// <summary>Accepted for handling.</summary>
    public sealed record Accepted : Acknowledgement;

    /// <summary>Refused; <paramref name="Text"/> says why, <paramref name="Code"/> is the name of the error where the peer is one of ours.</summary>
    public sealed record Refused(string Text, Option<string> Code) : Acknowledgement;

    /// <summary>The one accepting acknowledgement.</summary>
    public static Acknowledgement Ok { get; } = new Accepted();

    /// <summary>The refusal that tells of an error.</summary>
    public static Acknowledgement Refuse(AcommError error) => new Refused(error.ToString(), error.Name);
}
