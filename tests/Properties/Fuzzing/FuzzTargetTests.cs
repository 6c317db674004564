using Acomm.Fuzzing;
using Xunit;
using Xunit.Sdk;

namespace Acomm.Properties.Fuzzing;

/// <summary>
/// The fuzz targets, over inputs mutated from their corpora, the same in each run. ACOMM_SEED and ACOMM_CASES set where
/// they come from and how many there are, for each target.
/// </summary>
public sealed class FuzzTargetTests
{
    private const int CasesOfATarget = 34_000;

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_corpus_has_no_finding(string name)
    {
        var target = Warm(name);
        Assert.All(Corpus.Of(target), target.Run);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutated_inputs_have_no_finding(string name)
    {
        var target = Warm(name);
        var seed = (int)((Draws.Number ?? 1) & int.MaxValue);
        var mutator = new Mutator(seed, Corpus.Of(target), Corpus.Words);
        for (var i = Draws.Cases(CasesOfATarget); i > 0; i--)
        {
            var input = mutator.Next();
            try
            {
                target.Run(input);
            }
            catch (Exception e)
            {
                throw new XunitException($"target {target}, seed {seed}, base64 {Convert.ToBase64String(input)}", e);
            }
        }
    }

    // What is allocated the first time is no input's.
    private static FuzzTarget Warm(string name)
    {
        var target = FuzzTarget.All.Single(t => t.Name == name);
        var corpus = Corpus.Of(target);
        Assert.NotEmpty(corpus);
        Assert.All(corpus, target.Check);
        return target;
    }
}
