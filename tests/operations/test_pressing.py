"""From when something of the office presses."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from reception.operations.office import papers_in


@given(
    st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)),
    st.sampled_from(["", "00:00", "16:30", "23:59"]),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
)
def test_the_bound_is_todays_hour_once_it_has_come_and_midnight_before(
    local: dt.datetime, hour: str, zone_name: str
) -> None:
    zone = ZoneInfo(zone_name)
    moment = local.replace(tzinfo=dt.UTC)
    bound = papers_in.until({"papers_by": hour}, moment, zone)
    assert bound <= moment
    here = bound.astimezone(zone)
    assert here.date() == moment.astimezone(zone).date()
    now = moment.astimezone(zone).strftime("%H:%M")
    assert here.strftime("%H:%M") == (hour if hour and now >= hour else "00:00")
