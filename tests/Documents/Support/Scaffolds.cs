namespace Acomm.DocumentTests.Support;

/// <summary>What stands around the parts of programs that documents show.</summary>
internal static class Scaffolds
{
    public const string Usings = """
        using Acomm.Adapters;
        using Acomm.Domain;
        using Acomm.Effects;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        """;

    /// <summary>A host of which only what the program says is printed.</summary>
    public const string Quiet = Usings + """
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var services = builder.Services;

        """;
}
