#!/usr/bin/env python3
"""Writes cycles.json: an oracle that shares no idea with the engine.

It walks minute by minute through Python's own time zone database and looks at the wall clock. Run
by hand when a zone's rules change: python3 tests/vectors/make_cycles.py > tests/vectors/cycles.json
"""
import calendar
import json
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

ABOUT = [
    "Cycles and civil days by zone. Instants are RFC 3339 in UTC; offsets are seconds east of UTC.",
    "zones: the offset before the first transition, then [instant, offset from there on].",
    "cycles: starts[n] is the start of cycle n and the end of cycle n - 1; starts[0] is the anchor.",
    "spans: from the first instant of civil day `from` to the first instant of civil day `to`.",
    "refused: tables that are no zone, with the error's code.",
    "Made by make_cycles.py from the IANA database: 2026 to 2028 where no year is named.",
]
CYCLE_ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
    "Asia/Kolkata", "Pacific/Apia", "Asia/Kathmandu", "Pacific/Auckland",
]
# Zones whose clocks skip or repeat midnight, a whole day, or the evening before.
DAY_ZONES = {
    "America/Havana": ("America/Havana", 2026, 2028),
    "America/Santiago": ("America/Santiago", 2026, 2028),
    "Africa/Cairo": ("Africa/Cairo", 2026, 2028),
    "America/St_Johns in 2006": ("America/St_Johns", 2006, 2006),
    "Pacific/Apia in 2011": ("Pacific/Apia", 2011, 2011),
}
ANCHORS = [  # Day of January 2026 and the time on the wall.
    (1, time(0, 0)), (15, time(23, 59, 59, 999000)), (29, time(9, 30)), (30, time(0, 30)),
    (31, time(12, 0)),
]
MONTHS = 26  # To March 2028, past a 29 February.
SPANS = [  # Months of unusual length, and days around what the clock skips or repeats.
    ("Europe/Berlin", "2026-03-01", "2026-04-01"),
    ("Europe/Berlin", "2026-10-01", "2026-11-01"),
    ("Europe/Berlin", "2026-03-29", "2026-03-30"),
    ("Europe/Berlin", "2026-10-25", "2026-10-26"),
    ("America/New_York", "2027-03-14", "2027-03-15"),
    ("America/New_York", "2027-11-07", "2027-11-08"),
    ("Australia/Lord_Howe", "2026-10-01", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-10-04", "2026-10-05"),
    ("Australia/Lord_Howe", "2027-04-04", "2027-04-05"),
    ("Africa/Casablanca", "2027-02-01", "2027-03-01"),
    ("Africa/Casablanca", "2027-02-07", "2027-02-08"),
    ("Asia/Kathmandu", "2028-02-29", "2028-03-01"),
    ("America/Havana", "2026-03-08", "2026-03-09"),
    ("America/Havana", "2026-11-01", "2026-11-02"),
    ("America/Santiago", "2026-09-06", "2026-09-07"),
    ("America/Santiago", "2027-04-03", "2027-04-04"),
    ("Africa/Cairo", "2026-04-24", "2026-04-25"),
    ("Africa/Cairo", "2026-10-29", "2026-10-30"),
    ("America/St_Johns in 2006", "2006-04-02", "2006-04-03"),
    ("America/St_Johns in 2006", "2006-10-28", "2006-10-29"),
    ("America/St_Johns in 2006", "2006-10-29", "2006-10-30"),
    ("Pacific/Apia in 2011", "2011-12-29", "2011-12-30"),
    ("Pacific/Apia in 2011", "2011-12-30", "2011-12-31"),
    ("Pacific/Apia in 2011", "2011-12-31", "2012-01-01"),
]
REFUSED = [
    {"base_offset_s": 64801, "transitions": [], "code": "zone_invalid"},
    {"base_offset_s": -64801, "transitions": [], "code": "zone_invalid"},
    {"base_offset_s": 0, "code": "zone_invalid",
     "transitions": [["2026-03-29T01:00:00.000Z", 86400]]},
    {"base_offset_s": 0, "code": "zone_invalid",
     "transitions": [["2026-03-29T01:00:00.000Z", 3600], ["2026-03-29T01:00:00.000Z", 7200]]},
    {"base_offset_s": 0, "code": "zone_invalid",
     "transitions": [["2026-10-25T01:00:00.000Z", 3600], ["2026-03-29T01:00:00.000Z", 7200]]},
]
MINUTE = timedelta(minutes=1)


def text(at):
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def offset(zone, at):
    return int(at.astimezone(zone).utcoffset().total_seconds())


def table(zone, first_year, last_year):
    at = datetime(first_year, 1, 1, tzinfo=timezone.utc)
    end = datetime(last_year + 1, 1, 1, tzinfo=timezone.utc)
    now = base = offset(zone, at)
    transitions = []
    while at < end:
        if offset(zone, at) != now:
            now = offset(zone, at)
            transitions.append([text(at), now])
        at += MINUTE
    return {"base_offset_s": base, "transitions": transitions}


def first_instant(zone, day):
    at = datetime.combine(day, time(), timezone.utc) - timedelta(hours=24)
    while at.astimezone(zone).date() < day:
        at += MINUTE
    return at


def cycle(name, day, clock):
    zone = ZoneInfo(name)
    starts = [text(datetime.combine(date(2026, 1, day), clock, zone))]
    for n in range(1, MONTHS + 1):
        year, month = 2026 + n // 12, n % 12 + 1
        last = calendar.monthrange(year, month)[1]
        starts.append(text(first_instant(zone, date(year, month, min(day, last)))))
    return {"zone": name, "anchor_day": day, "starts": starts}


def span(name, first, last):
    zone = ZoneInfo(DAY_ZONES.get(name, (name,))[0])
    start, end = (first_instant(zone, date.fromisoformat(day)) for day in (first, last))
    minutes = int((end - start) / MINUTE)
    return {"zone": name, "from": first, "to": last, "start_at": text(start), "end_at": text(end),
            "minutes": minutes}


def rows(items):
    return "[\n" + ",\n".join("    " + json.dumps(item) for item in items) + "\n  ]"


sources = {name: (name, 2026, 2028) for name in CYCLE_ZONES} | DAY_ZONES
zones = [
    f"    {json.dumps(name)}: {json.dumps(table(ZoneInfo(source), first, last))}"
    for name, (source, first, last) in sources.items()
]
print("{")
print(f'  "about": {rows(ABOUT)},')
print('  "zones": {\n' + ",\n".join(zones) + "\n  },")
print(f'  "cycles": {rows(cycle(name, *anchor) for name in CYCLE_ZONES for anchor in ANCHORS)},')
print(f'  "spans": {rows(span(*row) for row in SPANS)},')
print(f'  "refused": {rows(REFUSED)}')
print("}")
