using System.Diagnostics;

namespace Acomm.Adapters;

/// <summary>The names under which a node's figures and traces are found; what there is, docs/observability.md lists.</summary>
public static class AcommDiagnostics
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Acomm";

    /// <summary>The source of the spans of calls and handlers.</summary>
    public const string ActivitySourceName = "Acomm";

    internal static readonly ActivitySource Source = new(ActivitySourceName, typeof(AcommDiagnostics).Assembly.GetName().Version?.ToString(3));

    /// <summary>The names of the OpenTelemetry conventions for RPC, and our own.</summary>
    internal static class Tag
    {
        public const string System = "rpc.system.name";
        public const string SystemValue = "acomm";
        public const string Method = "rpc.method";
        public const string Error = "error.type";
        public const string ServerAddress = "server.address";
        public const string ClientAddress = "client.address";
        public const string RequestId = "acomm.request.id";
        public const string Socket = "acomm.socket";
        public const string Outcome = "acomm.outcome";
        public const string Reason = "acomm.reason";
        public const string State = "acomm.state";
        public const string Direction = "network.io.direction";
    }
}
