using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Acomm.Adapters;

/// <summary>The nodes of an application, by name.</summary>
internal static class AcommNodes
{
    /// <summary>A node, which is made with it; throws, and says which there are, if none of that name was added.</summary>
    /// <param name="provider">The application's services.</param>
    /// <param name="name">Its name; null or empty for the unnamed one.</param>
    public static AcommNode Get(IServiceProvider provider, string? name) =>
        provider.GetKeyedService<AcommNode>(name ?? Options.DefaultName) ?? throw NotAdded(provider, name);

    /// <summary>What a node is made of, without making the node.</summary>
    public static NodeParts PartsOf(IServiceProvider provider, string? name) =>
        provider.GetKeyedService<NodeParts>(name ?? Options.DefaultName) ?? throw NotAdded(provider, name);

    /// <summary>Validates the options of all nodes, each for itself, and together: no two may have one socket.</summary>
    public static void Validate(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<AcommOptions>>();
        var shared = provider.GetServices<NodeName>()
            .GroupBy(name => Path.GetFullPath(options.Get(name.Value).SocketPath), StringComparer.Ordinal)
            .Where(nodes => nodes.Count() > 1)
            .ToArray();
        if (shared.Length > 0)
        {
            throw new OptionsValidationException(
                shared[0].Last().Value,
                typeof(AcommOptions),
                shared.Select(nodes => $"{nameof(AcommOptions.SocketPath)}: '{nodes.Key}' is that of several nodes: {string.Join(", ", nodes)}"));
        }
    }

    private static InvalidOperationException NotAdded(IServiceProvider provider, string? name) => new(
        $"the {(string.IsNullOrEmpty(name) ? "unnamed node" : $"node {new NodeName(name)}")} was not added with AddAcomm; there are: {Known(provider.GetServices<NodeName>())}");

    private static string Known(IEnumerable<NodeName> names) => names.Any() ? string.Join(", ", names) : "none";
}
