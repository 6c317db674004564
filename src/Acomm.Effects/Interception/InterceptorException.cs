using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>An interceptor threw: the inner exception, which came from nobody below it.</summary>
internal sealed class InterceptorException(string interceptor, Exception inner) : Exception($"the interceptor {interceptor} threw", inner)
{
    public string Interceptor => interceptor;

    public AcommError ErrorOf(TaskName task, Delivery state) =>
        new AcommError.InterceptorFailed(task, Interceptor, InnerException!.GetType().Name, state);
}
