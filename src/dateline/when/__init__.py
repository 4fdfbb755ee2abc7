"""When: the time expressions of a text, with their TIMEX3 values and the days that they can mean."""
