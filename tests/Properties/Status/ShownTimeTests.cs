using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Status;

public sealed class ShownTimeTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(999.9, "999 ms")]
    [InlineData(1_000, "1 s")]
    [InlineData(1_299, "1.2 s")]
    [InlineData(59_999, "59.9 s")]
    [InlineData(60_000, "1 min")]
    [InlineData(245_900, "4 min 5 s")]
    [InlineData(3_599_999, "59 min 59 s")]
    [InlineData(3_600_000, "1 h")]
    [InlineData(7_380_000, "2 h 3 min")]
    [InlineData(86_400_000, "1 d")]
    [InlineData(446_400_000, "5 d 4 h")]
    public void A_duration_is_cut_off_after_two_units(double millis, string shown) => Assert.Equal(shown, Shown.Time(TimeSpan.FromMilliseconds(millis)));
}
