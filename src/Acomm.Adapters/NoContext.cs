namespace Acomm.Adapters;

/// <summary>Begins what lasts longer than whoever begins it, so that it neither runs in his context nor keeps that alive.</summary>
internal static class NoContext
{
    /// <summary>What is begun by this takes no context along.</summary>
    public static T Run<T>(Func<T> begin)
    {
        AsyncFlowControl? suppressed = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        try
        {
            return begin();
        }
        finally
        {
            suppressed?.Undo();
        }
    }
}
