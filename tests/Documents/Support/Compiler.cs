using Acomm.DocumentTests.Markdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Acomm.DocumentTests.Support;

/// <summary>What a project of its own would see besides its own text.</summary>
internal enum Sdk
{
    /// <summary><c>dotnet new console</c></summary>
    Console,

    /// <summary><c>dotnet new web</c></summary>
    Web,
}

/// <summary>Compiles a program as its reader's project does: nullable, implicit usings, and here a warning is an error.</summary>
internal static class Compiler
{
    private const string ConsoleUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private const string WebUsings = ConsoleUsings + """

        global using System.Net.Http.Json; global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;
        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly string Packs = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../packs/Microsoft.NETCore.App.Ref");

    // Those that a project has without asking for them, of which the documents need one.
    private static readonly ISourceGenerator JsonContexts = Generator("System.Text.Json.SourceGeneration.dll", "System.Text.Json.SourceGeneration.JsonSourceGenerator");

    /// <summary>Compiles into a file; a failure shows the source and where the block stands.</summary>
    public static void Compile(Block block, string source, Sdk sdk, string assembly)
    {
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(assembly),
            [Parse(source), Parse(sdk == Sdk.Web ? WebUsings : ConsoleUsings)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([JsonContexts], parseOptions: Parsing).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var problems);
        using var file = File.Create(assembly);
        var wrong = problems.AddRange(generated.Emit(file).Diagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8933");
        Assert.True(!wrong.Any(), $"{block} does not compile:\n{string.Join('\n', wrong)}\n{Numbered(source)}");
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, Parsing);

    private static string Numbered(string source) => string.Join('\n', source.Split('\n').Select((line, i) => $"{i + 1,3} {line}"));

    private static ISourceGenerator Generator(string file, string type)
    {
        var path = Directory.GetFiles(Path.GetFullPath(Packs), file, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        var generator = Activator.CreateInstance(System.Reflection.Assembly.LoadFrom(path).GetType(type, throwOnError: true)!)!;
        return ((IIncrementalGenerator)generator).AsSourceGenerator();
    }
}
