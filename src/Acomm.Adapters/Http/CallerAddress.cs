using System.Net;
using Acomm.Domain;
using Microsoft.AspNetCore.Http;

namespace Acomm.Adapters;

/// <summary>Who sent an HTTP request.</summary>
internal static class CallerAddress
{
    // A server on a unix socket knows no address: whoever can open that is on this machine.
    public static IpAddress Caller(this HttpContext http) =>
        IpAddress.Of((http.Connection.RemoteIpAddress ?? IPAddress.Loopback).GetAddressBytes()).IfNone(default(IpAddress));
}
