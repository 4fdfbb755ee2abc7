"""When: the time expressions of a text, with their TIMEX3 values and the days that they can mean."""

from dateline.when.mention import TimeMention
from dateline.when.resolve import read_times

__all__ = ["TimeMention", "read_times"]
