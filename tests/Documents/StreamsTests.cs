using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/streams.md: all of it as one program.</summary>
public sealed class StreamsTests
{
    [Theory]
    [Blocks("docs/streams.md#giving-one", "docs/streams.md#reading-one", "docs/streams.md#how-far-it-is")]
    public async Task Streams_are_given_read_and_told_of(Block[] blocks)
    {
        await using var reader = new Reader();
        await File.WriteAllTextAsync(reader.At("file"), "abc");

        var printed = await reader.RunAsync(blocks, Sdk.Web, """
            using System.IO.Compression;
            using System.Security.Cryptography;

            """ + Scaffolds.Quiet + """
            Serve(services.AddAcomm(o => o.SocketPath = "/tmp/acomm/worker.sock"));
            var app = builder.Build();
            await app.StartAsync();
            var node = app.Services.GetRequiredService<IAcomm>();
            const string worker = "unix:///tmp/acomm/worker.sock";
            await SendAsync(node, "file");
            await ReadAsync(node, "file", Console.OpenStandardOutput());
            Console.WriteLine();
            await TellAsync(node, "file");
            await app.StopAsync();

            static void Serve(AcommBuilder acomm)
            {
            /*0*/
            /*2*/
            }

            static async Task SendAsync(IAcomm acomm, string path)
            {
            /*1*/
                Console.WriteLine(sent.Match(Right: reply => reply.Result.Sha256, Left: error => error.ToString()));
            }

            static async Task ReadAsync(IAcomm acomm, string path, Stream destination)
            {
            /*3*/
            }

            static async Task TellAsync(IAcomm acomm, string path)
            {
            /*4*/
                await acomm.RequestAsync<Nothing, Digest>(worker, "digest", new Nothing(), new CallOptions { Stream = source }).OrThrowAsync();
            }

            /*5*/

            internal sealed record Nothing;
            internal sealed record Digest(string Sha256);
            internal sealed record PackArgs(string Path);
            internal sealed record Packed(long Bytes);
            """);

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\nabc\n3 bytes, Open\n3 bytes, Complete\n", printed);
    }
}
