"""Makes tests/vectors/activity.json: rows, the rollups of them, filters and their answers.

The answers are computed here from the rows, with whole numbers of micro-credits, apart from the
crate: `python3 tests/vectors/make_activity.py > tests/vectors/activity.json`.
"""

import json
import re
from datetime import datetime, timedelta, timezone

SPRING = datetime(2026, 3, 29, 1, tzinfo=timezone.utc)
AUTUMN = datetime(2026, 10, 25, 1, tzinfo=timezone.utc)
DIMENSIONS = ["agent", "feature", "model", "type", "site", "company"]
QUANTITIES = ["messages", "call_ms", "images"]


def local(at):
    moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    return moment.astimezone(timezone(timedelta(hours=2 if SPRING <= moment < AUTUMN else 1)))


def micro(text):
    whole, _, decimals = text.partition(".")
    return int(whole) * 1_000_000 + int(decimals.ljust(6, "0") or 0)


def amount(number):
    text = f"{abs(number) // 1_000_000}.{abs(number) % 1_000_000:06}".rstrip("0").rstrip(".")
    return "-" + text if number < 0 else text


def row(seq, kind, keys, occurred_at, credits, **more):
    usage = kind in ("use", "settle")
    default = {"amount": amount(-micro(credits)), "waived": "0", "messages": 0, "call_ms": 0,
               "images": 0, "rate_version": 1 if usage else None, "reason": "", "details": ""}
    times = {"occurred_at": occurred_at, "booked_at": occurred_at, "credits": credits}
    named = dict(zip(DIMENSIONS, keys))
    return {"seq": seq, "kind": kind, **named, **times, **default, **more}


CHAT = ["chat", "chat_reply", "standard", "message", "shop", "Miller Ltd"]
CALL = ["voice_inbound", "voice_call", "premium", "call", "shop", "Ünal & Söhne"]
NEXT = ["agent_of_next_year", "summary", "model-9", "use", "", ""]
ROWS = [
    row(1, "grant", ["", "", "", "grant", "", ""], "2026-03-01T08:00:00.000Z", "0", amount="5000"),
    row(2, "use", CHAT, "2026-03-28T22:59:59.999Z", "1.2", messages=1, details="last of the 28th"),
    row(3, "use", CHAT, "2026-03-28T23:00:00.000Z", "1", messages=1, details="first of the 29th"),
    row(4, "use", CHAT, "2026-03-29T21:59:59.999Z", "0.5", messages=2, details="a day of 23 hours"),
    row(5, "settle", CALL, "2026-03-30T10:00:00.000Z", "8.000001", call_ms=61050),
    row(6, "use", CALL, "2026-03-30T10:05:00.250Z", "0", reason="no answer", call_ms=900),
    row(7, "use", CHAT, "2026-03-30T11:00:00.000Z", "0", amount="0", waived="2.25", messages=1),
    row(8, "use", NEXT, "2026-03-31T00:00:00.000Z", "1000000000000", details="=HYPERLINK(\"x\")"),
    row(9, "reversal", ["", "", "", "reversal", "", ""], "2026-03-31T09:00:00.000Z", "0",
        amount="-250", reason="order refunded"),
    row(10, "use", CHAT, "2026-03-31T09:30:00.000Z", "3", amount="-1", messages=1, images=2,
        details="two\r\nlines, \"quoted\" 🙂"),
]
AS_OF = "2026-03-31T12:00:00.000Z"


def sums(rows):
    total = {name: amount(sum(micro(own[name]) for own in rows)) for name in ("credits", "waived")}
    failed = [own for own in rows if own["credits"] == "0" and own["waived"] == "0"]
    total |= {"uses": len(rows), "failed": len(failed)}
    return total | {name: sum(own[name] for own in rows) for name in QUANTITIES}


def day(own):
    return local(own["occurred_at"]).date().isoformat()


USES = [own for own in ROWS if own["kind"] in ("use", "settle")]


def grouped(rows, key):
    groups = {}
    for own in rows:
        groups.setdefault(key(own), []).append(own)
    return groups


def rollups(through):
    key = lambda own: (day(own), *(own[name] for name in DIMENSIONS))
    names = ["day", *DIMENSIONS]
    groups = grouped([own for own in USES if own["seq"] <= through], key)
    return [{**dict(zip(names, key)), **sums(rows)} for key, rows in groups.items()]


def answer(filter):
    keys = {name: key for name, key in filter.items() if name in DIMENSIONS}
    inside = [own for own in USES if filter["from"] <= day(own) <= filter["to"]]
    passes = lambda own, but: all(own[n] == key for n, key in keys.items() if n != but)
    total = [own for own in inside if passes(own, None)]
    parts = {}
    for name in DIMENSIONS:
        groups = grouped([own for own in inside if passes(own, name)], lambda own: own[name])
        parts[name] = {key: sums(rows) for key, rows in groups.items()}
    trend = grouped(total, lambda own: (day(own), own["agent"]))
    credits = lambda rows: amount(sum(micro(own["credits"]) for own in rows))
    start, end = (datetime.fromisoformat(filter[name]).date() for name in ("from", "to"))
    before = (start - (end - start) - timedelta(days=1)).isoformat()
    ahead = [own for own in USES if before <= day(own) < filter["from"] and passes(own, None)]
    return {"total": sums(total), "parts": parts,
            "days": [{"day": d, "agent": a, "credits": credits(r)} for (d, a), r in trend.items()
                     if credits(r) != "0"],
            "previous": {"from": before, "credits": credits(ahead)}}


def seconds(ms):
    return f"{ms // 1000}.{ms % 1000:03}".rstrip("0").rstrip(".")


def guarded(text):
    parts = re.split("(?<=[;\t\r\n])", text)
    signs = [tuple("=+-@\t\r")] + [tuple("=+-@")] * len(parts)
    return "".join("'" + part if part.lstrip("'")[:1] in sign else part
                   for part, sign in zip(parts, signs))


def cell(text):
    text = guarded(text)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in '",\r\n') else text


def line(own):
    times = [local(own[name]).isoformat(timespec="milliseconds").replace(".000", "")
             for name in ("occurred_at", "booked_at")]
    keys = [own[n] for n in ("type", "agent", "feature", "model", "site", "company")]
    numbers = [own["credits"], own["amount"], own["waived"], str(own["messages"]),
               seconds(own["call_ms"]), str(own["images"]), str(own["rate_version"] or "")]
    cells = [str(own["seq"]), *times, own["kind"], *map(cell, keys), *numbers]
    return ",".join([*cells, cell(own["reason"]), cell(own["details"])]) + "\r\n"


HEADER = "seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,credits,amount," \
    "waived,messages,call_seconds,images,rate_version,reason,details\r\n"
WEEK = {"from": "2026-03-29", "to": "2026-03-31"}
FILTERS = [
    {"from": "2026-03-01", "to": "2026-03-31"}, WEEK, {**WEEK, "agent": "chat"},
    {**WEEK, "agent": "chat", "type": "call"}, {**WEEK, "site": "", "company": ""},
    {**WEEK, "company": "Ünal & Söhne", "model": "premium"},
    {"from": "2026-03-29", "to": "2026-03-29"}, {**WEEK, "agent": "nobody"},
]
GUARDS = [
    "", "a", "'", "'a", "=1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''@", "''", "1=1",
    # Where a comma is the sign of decimals, sheets split at semicolons; some split at tabs.
    "a;=1", "a;'=1", "a; =1", "a;b", "a\t@b", "a\r\n-1", "a\n+1", "\n=1", "=1;=2", ";;=1", "\t=1",
    "a;\tb", "'\t'=1", "a;=\"1\"", "a,=1", "ü;=1",
]
print(json.dumps({
    "about": "Made by make_activity.py. Days are civil days of the zone; amounts are decimals.",
    "as_of": AS_OF,
    "zone": {"base_offset_s": 3600, "transitions": [
        {"at": "2026-03-29T01:00:00.000Z", "offset_s": 7200},
        {"at": "2026-10-25T01:00:00.000Z", "offset_s": 3600}]},
    "rows": ROWS,
    "rollups": [{"through_seq": through, "rows": rollups(through)} for through in (0, 6, 10)],
    "filters": [{"filter": own, "answer": answer(own)} for own in FILTERS],
    "guards": [{"text": text, "cell": cell(text)} for text in GUARDS],
    "csv": HEADER + "".join(line(own) for own in reversed(ROWS)),
}, ensure_ascii=False, indent=1))
