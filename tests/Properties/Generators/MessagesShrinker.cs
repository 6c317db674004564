using System.Text;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Generators;

/// <summary>Makes a message that fails plainer: no addresses, short text, little JSON.</summary>
internal static class MessagesShrinker
{
    private static readonly Address Plain = Address.Parse("unix:///a").Right();

    public static IEnumerable<Damaged> Shrink(Damaged damaged) => Shrinking.Shorter(damaged.Bytes).Select(bytes => new Damaged([.. bytes]));

    // What is left of a value is not always one; null comes first, as the plainest.
    public static IEnumerable<RawJson> Shrink(RawJson json) => Shrinking.Shorter(json.Utf8.ToArray())
        .Select(bytes => RawJson.Parse(bytes.ToArray()))
        .Prepend(RawJson.Null)
        .SelectMany(left => left.RightToSeq())
        .Where(other => other.Utf8.Length < json.Utf8.Length || (other.IsNull && !json.IsNull));

    public static IEnumerable<Address> Shrink(Address address) => address == Plain ? [] : [Plain];

    public static IEnumerable<RequestId> Shrink(RequestId id) => Shorter(id.Value).SelectMany(text => RequestId.Parse(text).RightToSeq());

    public static IEnumerable<TaskName> Shrink(TaskName task) => Shorter(task.Value).SelectMany(text => TaskName.Parse(text).RightToSeq());

    public static IEnumerable<Request> Shrink(Request request) =>
    [
        .. Without(request.ResponseHook).Select(hook => request with { ResponseHook = hook }),
        .. Without(request.TaskUrl).Select(url => request with { TaskUrl = url }),
        .. Without(request.StreamUrl).Select(url => request with { StreamUrl = url }),
        .. request.Timeout.Map(_ => request with { Timeout = None }),
        .. request.Trace.Map(_ => request with { Trace = None }),
        .. Shrink(request.Args).Select(args => request with { Args = args }),
        .. Shrink(request.Id).Select(id => request with { Id = id }),
        .. Shrink(request.Task).Select(task => request with { Task = task }),
    ];

    public static IEnumerable<Response> Shrink(Response response) =>
    [
        .. Without(response.StreamUrl).Select(url => response with { StreamUrl = url }),
        .. response.Trace.Map(_ => response with { Trace = None }),
        .. Shrink(response.Id).Select(id => response with { Id = id }),
        .. Shrink(response.Outcome).Select(outcome => response with { Outcome = outcome }),
    ];

    public static IEnumerable<Acknowledgement> Shrink(Acknowledgement acknowledgement) => acknowledgement is Acknowledgement.Refused refused
        ?
        [
            .. refused.Code.Map(_ => (Acknowledgement)(refused with { Code = None })),
            .. Shorter(refused.Text).Where(text => text.Length > 0).Select(text => refused with { Text = text }),
        ]
        : [];

    private static IEnumerable<Outcome> Shrink(Outcome outcome) => outcome switch
    {
        Outcome.Success success => Shrink(success.Result).Select(result => new Outcome.Success(result)),
        // Empty text would become another one.
        Outcome.Failure failure => Shorter(failure.Text).Where(text => text.Length > 0).Select(text => new Outcome.Failure(text)),
        _ => [],
    };

    // None at all, or a plain one.
    private static IEnumerable<Option<Address>> Without(Option<Address> address) =>
        address.Match(Some: a => Shrink(a).Select(Some).Prepend(None), None: () => []);

    // By characters, so that no surrogate pair is cut in two.
    private static IEnumerable<string> Shorter(string text) => Shrinking.Shorter<Rune>([.. text.EnumerateRunes()]).Select(runes => string.Concat(runes));
}
