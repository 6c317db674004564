using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>An interceptor threw the inner exception; seen by those that stand around it.</summary>
public sealed class InterceptorException(string interceptor, Exception inner) : Exception($"the interceptor {interceptor} threw", inner)
{
    /// <summary>The name of its type.</summary>
    public string Interceptor => interceptor;

    internal AcommError ErrorOf(TaskName task, Delivery state) =>
        new AcommError.InterceptorFailed(task, Interceptor, InnerException!.GetType().Name, state);
}
