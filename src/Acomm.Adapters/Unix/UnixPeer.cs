using System.Net.Sockets;
using System.Runtime.InteropServices;
using Acomm.Domain;

namespace Acomm.Adapters;

/// <summary>Asks the system which process is at the other end of a unix socket.</summary>
internal static class UnixPeer
{
    private const int SocketLevel = 1;
    private const int LinuxCredentials = 17;
    private const int MacLocalLevel = 0;
    private const int MacCredentials = 1;
    private const int MacProcess = 2;

    /// <summary>The process that connected, or <see cref="PeerIdentity.Local"/> where the system does not tell.</summary>
    public static PeerIdentity Of(Socket socket)
    {
        try
        {
            return OperatingSystem.IsMacOS() ? OnMac(socket) : OnLinux(socket);
        }
        catch (SocketException)
        {
            return PeerIdentity.Local;
        }
    }

    // struct ucred: process, user, group.
    private static PeerIdentity.UnixProcess OnLinux(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, LinuxCredentials, credentials);
        var fields = MemoryMarshal.Cast<byte, int>(credentials);
        return new PeerIdentity.UnixProcess((uint)fields[1], (uint)fields[2], fields[0]);
    }

    // struct xucred: version, user, count of groups, groups. The process is an option of its own.
    private static PeerIdentity.UnixProcess OnMac(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[76];
        Span<byte> process = stackalloc byte[4];
        socket.GetRawSocketOption(MacLocalLevel, MacCredentials, credentials);
        socket.GetRawSocketOption(MacLocalLevel, MacProcess, process);
        return new PeerIdentity.UnixProcess(
            MemoryMarshal.Read<uint>(credentials[4..]), MemoryMarshal.Read<uint>(credentials[12..]), MemoryMarshal.Read<int>(process));
    }
}
