using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A request that was accepted: it waits for its turn, is handled, and is answered at its hook, if it has one.</summary>
/// <param name="runner">What it needs.</param>
/// <param name="local">The request, its stream readable from here.</param>
/// <param name="caller">Who sent it.</param>
/// <param name="reach">On whose word its addresses are connected to.</param>
/// <param name="turn">Its place in the handler of its task, which is left when the handler is through.</param>
/// <param name="place">Its place among all that a stop waits for, which is left when it was answered.</param>
/// <param name="awaited">The time that its caller waits, if he said so.</param>
internal sealed class HandlerRun(
    Runner runner, Proxied local, PeerIdentity caller, Reach reach, HandlerPlace turn, HandlerCount.Place place, AwaitedCall? awaited)
    : IThreadPoolWorkItem, IAnswered
{
    private Option<OfferedStream> offered;

    public void Execute() => _ = RunAsync();

    void IAnswered.Answered(Option<AcommError> lost)
    {
        if (lost.Exists(error => error.Delivery.IsFinal()))
            offered.Iter(stream => stream.Withdraw());
        End();
    }

    private async Task RunAsync()
    {
        place.MakeCurrent();
        try
        {
            var answer = await runner.InvokeAsync(local.Request, caller, reach, turn, awaited).ConfigureAwait(false);
            if (local.Request.ResponseHook.Case is Address hook && awaited?.Interruption.IsAnswerWanted() != false)
            {
                Answer(answer, hook);
                return;
            }

            runner.Forget(local);
            await answer.Stream.Match(Some: s => s.DisposeAsync(), None: () => default).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            runner.Faulted(e);
        }

        End();
    }

    private void Answer(Answer<RawJson> answer, Address hook)
    {
        var (response, stream) = runner.Answer(local.Request.Id, answer);
        offered = stream;
        runner.Send(response, hook, reach, this);
    }

    private void End()
    {
        local.WithdrawStream();
        place.Leave();
    }
}
