using System.Text;
using Acomm.Domain;

namespace Acomm.Fuzzing;

/// <summary>Addresses, as text and as the JSON of one in a document (Go's object of URL parts, or a string).</summary>
internal static class UrlTarget
{
    private const string Name = "streamURL";

    public static void Check(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        Expect.Told(Address.Parse(text)).IfRight(address =>
        {
            CheckText(address);
            CheckUse(address);
        });
        Expect.Told(Address.Unix(text)).IfRight(CheckUse);
        byte[] document = [.. "{\"id\":\"x\",\""u8, .. Encoding.UTF8.GetBytes(Name), .. "\":"u8, .. input, (byte)'}'];
        Expect.Told(Document.ReadResponse(document, Limits.Default)).IfRight(response => response.StreamUrl.IfSome(CheckUse));
    }

    // Go writes some text otherwise than it came; what it writes stays as it is, and means the same.
    private static void CheckText(Address address)
    {
        var written = address.ToString();
        var read = Expect.Value(Address.Parse(written), $"the text '{written}'");
        Expect.Same(written, read.ToString(), "the text that was written and read");
        Expect.Same(Meaning(address), Meaning(read), "what the text means");
    }

    private static (Scheme Scheme, string Opaque, bool HasUser, string Host, string Path, string Query, string Fragment) Meaning(Address a) =>
        (a.Scheme, a.Opaque, a.HasUser, a.Host, a.Path, a.RawQuery, a.Fragment);

    private static void CheckUse(Address address)
    {
        var shown = address.Shown;
        Expect.That(shown.Length is > 0 and <= Shown.LimitChars + 1 && !shown.Any(char.IsControl), "an address that no log should show");
        Expect.Told(address.UnixPath).IfRight(path => CheckUnix(address, path));
        Expect.Told(address.HttpTarget).IfRight(target => CheckHttp(address, target));
        Expect.Same(address.UnixPath.IsRight || address.HttpTarget.IsRight, address.Usable.IsRight, "that it is usable");
        Expect.That(address.IsSameEndpoint(address), "an address is not where it is itself");
        CheckWritten(address);
        CheckWritten(address.Append("proxy"));
        CheckWritten(address.WithQuery("addr", address.ToString()));
    }

    private static void CheckUnix(Address address, string path)
    {
        Expect.That(path.StartsWith('/') && !path.Contains('\0') && Encoding.UTF8.GetByteCount(path) <= Address.UnixPathLimitBytes, "no path of a socket");
        Expect.That(address.IsUnix && address.HttpTarget.IsLeft, "a socket path and an HTTP target");
        Expect.Same(path, Expect.Value(Expect.Value(Address.Unix(path), "the path").UnixPath, "the path"), "the path");
    }

    // What is given to the HTTP client leads to the host that was looked at, and is nothing that it throws for.
    private static void CheckHttp(Address address, string target)
    {
        var read = Expect.Value(Address.Parse(target), $"the target '{target}'");
        Expect.Same((address.Scheme, address.Host, false), (read.Scheme, read.Host, read.HasUser), "scheme, host and user of the target");
        if (!Uri.TryCreate(target, UriKind.Absolute, out var uri))
        {
            // What is no name in another script, or no zone, is known to the client alone, and comes back from it as an error.
            Expect.That(!Ascii.IsValid(address.Host) || address.Host.Contains('%'), $"the HTTP client does not take the target '{target}'");
            return;
        }

        Expect.That(uri.Scheme == address.SchemeText && uri.UserInfo.Length == 0, "another scheme, or user info, for the HTTP client");
        HostName.Ip(address.Host).IfSome(ip => Expect.Same(
            ip, System.Net.IPAddress.TryParse(uri.IdnHost, out var its) ? IpAddress.Of(its.GetAddressBytes()).IfNone(default(IpAddress)) : default, "the IP address for the HTTP client"));
    }

    private static void CheckWritten(Address address)
    {
        var response = Response.Success(Expect.Value(RequestId.Parse("x"), "an id"), RawJson.Null) with { StreamUrl = address };
        Expect.Same(response, Expect.Value(Document.ReadResponse(Document.Write(response), Limits.Default), $"the address {address.Shown}"), "an address that was written");
    }
}
