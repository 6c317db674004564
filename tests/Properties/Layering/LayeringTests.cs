using System.Reflection;
using Xunit;

namespace Acomm.Properties.Layering;

/// <summary>The rules of the house hold for what was compiled, and the check of them can fail.</summary>
public class LayeringTests
{
    private static readonly Uses Offences = Uses.Of(typeof(Offender).Assembly);

    public static TheoryData<string> RuleNames => [.. Rules.All.Select(r => r.ToString())];

    public static TheoryData<string> Rooms => [.. Rules.Allowed.Keys];

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void The_room_keeps_the_rule(string name)
    {
        var rule = Rules.All.Single(r => r.ToString() == name);
        Assert.Empty(rule.BrokenBy(UsesOf(rule.Room)));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_room_refers_to_these_assemblies_only(string room)
    {
        var allowed = Rules.Allowed[room];
        Assert.All(
            UsesOf(room).Assemblies,
            name => Assert.Contains(allowed, a => a.EndsWith('.') ? name.StartsWith(a, StringComparison.Ordinal) : name == a));
    }

    [Fact]
    public void Every_exception_from_a_rule_is_needed_and_gives_its_reason()
    {
        foreach (var rule in Rules.All)
        {
            foreach (var (name, reason) in rule.Exceptions)
            {
                Assert.NotEmpty(reason);
                var without = rule with { Exceptions = rule.Exceptions.Where(e => e.Key != name).ToDictionary() };
                Assert.NotEmpty(without.BrokenBy(UsesOf(rule.Room)));
            }
        }
    }

    [Theory]
    [InlineData("System.Net*", "System.Net.Sockets.TcpClient")]
    [InlineData("System.IO*", "System.IO.File")]
    [InlineData("System.IO.File", "System.IO.File.Exists")]
    [InlineData("System.IO.Path", "System.IO.Path.IsPathRooted")]
    [InlineData("System.IO.Directory", "System.IO.Directory.Exists")]
    [InlineData("System.Threading*", "System.Threading.Thread")]
    [InlineData("System.Threading*", "System.Threading.Timer")]
    [InlineData("System.Threading*", "System.Threading.Tasks.Task.FromResult")]
    [InlineData("System.DateTime", "System.DateTime.get_UtcNow")]
    [InlineData("System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_Now")]
    [InlineData("System.Diagnostics*", "System.Diagnostics.Stopwatch.GetTimestamp")]
    [InlineData("System.Environment", "System.Environment.get_TickCount64")]
    [InlineData("System.Guid", "System.Guid.NewGuid")]
    [InlineData("System.Random", "System.Random")]
    [InlineData("System.Uri*", "System.Uri")]
    [InlineData("System.Console", "System.Console.WriteLine")]
    [InlineData("System.Collections.Generic.List", "System.Collections.Generic.List`1.Add")]
    public void The_check_sees_what_a_method_body_uses(string banned, string use) =>
        Assert.Contains(use, new Rule("Offender", "breaks it", [banned]).BrokenBy(Offences));

    [Theory]
    [InlineData("System.IO.File", "System.IO.FileAttributes")]
    [InlineData("System.Random", "System.RandomAccess")]
    [InlineData("System.DateTime", "System.DateTimeOffset.get_Now")]
    public void A_pattern_without_a_star_means_that_name_only(string banned, string other) =>
        Assert.Empty(new Rule("Offender", "breaks it", [banned]).BrokenBy(new Uses([], [other], [])));

    [Fact]
    public void A_reference_to_a_room_above_breaks_the_rule()
    {
        var upwards = new Uses(["Acomm.Adapters"], [], []);
        Assert.All([Rules.Domain, Rules.Effects], room => Assert.Contains(Rules.All.Where(r => r.Room == room), r => r.BrokenBy(upwards).Any()));
    }

    [Fact]
    public void An_exception_lets_nothing_else_through()
    {
        var rule = Rules.All.Single(r => r.Exceptions.ContainsKey("System.Threading.Tasks.Task"));
        var uses = new Uses([], ["System.Threading.Tasks.TaskFactory", "System.Threading.Timer"], ["System.Threading.Tasks.Task.FromResult"]);
        Assert.Equal(["System.Threading.Tasks.TaskFactory", "System.Threading.Timer"], rule.BrokenBy(uses));
    }

    private static Uses UsesOf(string room) => Uses.Of(Assembly.Load(room));
}
