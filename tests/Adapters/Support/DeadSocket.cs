using System.Net.Sockets;

namespace Acomm.AdapterTests.Support;

/// <summary>A socket file that its owner's crash left behind.</summary>
internal static class DeadSocket
{
    public static void Leave(string path)
    {
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(path + "~"));
        dead.Listen(1);

        // The runtime removes the name that it bound, and finds it gone.
        File.Move(path + "~", path);
    }
}
