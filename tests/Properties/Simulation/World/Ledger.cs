using System.Globalization;
using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>What users and workers did, so that what arrives can be held against it.</summary>
internal sealed class Ledger
{
    /// <summary>How args begin; the serial of their call stands behind it.</summary>
    public const string ArgsStart = "{\"call\":";

    private readonly List<Call> calls = [];
    private readonly Dictionary<RawJson, (RequestId Id, string? Source)> issued = [];
    private long results;

    public IReadOnlyList<Call> Calls => calls;

    public long NextResult() => ++results;

    public void Begin(Call call) => calls.Add(call);

    /// <summary>The call that has these args.</summary>
    public Call? Of(RawJson args)
    {
        var text = args.ToString();
        var digits = text.AsSpan(Math.Min(text.Length, ArgsStart.Length));
        var end = Math.Max(0, digits.IndexOfAnyExceptInRange('0', '9'));
        var found = int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial > 0 && serial <= calls.Count;
        return found && calls[serial - 1].Args == args ? calls[serial - 1] : null;
    }

    /// <summary>Somebody who may answer the request with this id gives this result.</summary>
    public void Issue(RequestId id, RawJson result, string? source) => issued[result] = (id, source);

    public bool IsIssued(RequestId id, RawJson result, out string? source)
    {
        var found = issued.TryGetValue(result, out var entry);
        source = entry.Source;
        return found && entry.Id == id;
    }
}
