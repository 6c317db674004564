using System.Reflection;
using System.Text.RegularExpressions;
using Acomm.Adapters;
using Acomm.Effects;
using Microsoft.Extensions.Logging;

namespace Acomm.AdapterTests.Diagnostics;

/// <summary>Whoever filters or counts log lines by their id finds it in the documents, and finds the same one after an update.</summary>
public sealed partial class LogTableTests
{
    private static readonly List<(int Id, string Name, LogLevel Level)> Messages =
    [
        .. from type in typeof(AcommDiagnostics).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           orderby message.EventId
           select (message.EventId, message.EventName ?? method.Name, message.Level),
    ];

    [Fact]
    public void Every_message_stands_in_the_documents_with_its_id_name_and_level_and_no_other() => Assert.Equal(
        Rows().Matches(Repository.Read("docs", "observability.md"))
            .Select(row => (int.Parse(row.Groups[1].Value, null), row.Groups[2].Value, Enum.Parse<LogLevel>(row.Groups[3].Value))),
        Messages);

    [Fact]
    public void No_two_messages_have_one_id() => Assert.Equal(Messages.Count, Messages.DistinctBy(message => message.Id).Count());

    [Fact]
    public void Every_kind_of_event_has_a_message_of_its_name() => Assert.Equal(
        typeof(NodeEvent).GetNestedTypes().Select(type => type.Name).Append("EventsNotLogged").Order(StringComparer.Ordinal),
        Messages.Select(message => message.Name).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| (\d+) \| `(\w+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
