using Acomm.Domain;
using BenchmarkDotNet.Attributes;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>Reading and writing of a request and a response with the small payload.</summary>
public class DocumentBenchmarks
{
    private readonly Request request = new(
        Known.NewId(),
        Known.Right(TaskName.Parse("disk/inspect")),
        Known.Payload,
        Known.Right(Address.Unix("/run/acomm/caller.sock")),
        Option<Address>.None,
        Option<Address>.None);

    private readonly Response response = Known.Answer(Known.NewId());
    private readonly ReadOnlyMemory<byte> requestBytes;
    private readonly ReadOnlyMemory<byte> responseBytes;

    public DocumentBenchmarks() => (requestBytes, responseBytes) = (Document.Write(request), Document.Write(response));

    /// <summary>A request becomes bytes.</summary>
    [Benchmark]
    public ReadOnlyMemory<byte> WriteRequest() => Document.Write(request);

    /// <summary>A response becomes bytes.</summary>
    [Benchmark]
    public ReadOnlyMemory<byte> WriteResponse() => Document.Write(response);

    /// <summary>Bytes become a request.</summary>
    [Benchmark]
    public bool ReadRequest() => Document.ReadMessage(requestBytes, Limits.Default).IsRight;

    /// <summary>Bytes become a response.</summary>
    [Benchmark]
    public bool ReadResponse() => Document.ReadMessage(responseBytes, Limits.Default).IsRight;
}
