using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Status;

/// <summary>Reports are made at most once a second, and take at most a tenth of the time.</summary>
public sealed class ReportAgeTests
{
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(999, 0, true)]
    [InlineData(1_000, 0, false)]
    [InlineData(1_000, 100, false)]
    [InlineData(1_000, 101, true)]
    [InlineData(4_999, 500, true)]
    [InlineData(5_000, 500, false)]
    public void A_report_is_good_for_a_second_or_ten_times_what_it_took(int ageMillis, int costMillis, bool isGood) =>
        Assert.Equal(isGood, ReportAge.IsGood(TimeSpan.FromMilliseconds(ageMillis), TimeSpan.FromMilliseconds(costMillis)));

    [Prop]
    public void However_long_they_take_a_tenth_of_the_time_goes_into_making_them_at_most(ushort costMillis, ushort ageMillis)
    {
        var (cost, age) = (TimeSpan.FromMilliseconds(costMillis), TimeSpan.FromMilliseconds(ageMillis));
        Assert.True(ReportAge.IsGood(age, cost) || (age >= ReportAge.Least && cost <= age / ReportAge.CostShare));
    }
}
