#!/usr/bin/env python3
"""Writes statement.json: the canonical form again, from the wire's JSON and nothing else.

The entries are below. The whole statement is one that the engine wrote; it is kept in the file, and
only its lines and its seals are made here. Run by hand when the form gets a new version:
python3 tests/vectors/make_statement.py
"""
import hashlib
import json
from pathlib import Path

FILE = Path(__file__).with_name("statement.json")
GENESIS = "nivella-credits ledger 1"
ABOUT = [
    "The canonical form of entries and statements. A line is fields in a fixed order joined by |, in"
    " UTF-8; what is absent is an empty field. A digest is the SHA-256 of a line, in lower-case hex.",
    "Amounts and times have the strings of the wire: shortest decimal of credits, RFC 3339 in UTC"
    " with milliseconds. Whole numbers have no leading zeros. A text is its length in bytes, : and"
    " its bytes. Values within a field are joined by a comma, those of one draw by :.",
    "genesis: the text whose digest stands ahead of the first entry.",
    "entries: each chained to the one before it. canonical: previous|seq|kind|amount|debt|waived|"
    "draws|grant|hold|lapses_at|rate_version|movement|occurred_at|booked_at. draws:"
    " grant:from:to:amount of each, in their order. grant: id,kind,priority,effective_at,expires_at,"
    "amount,source of the one that the entry books; source: nothing, item,TEXT, or"
    " cycle,subscription,index,share with share allowance, rollover or upgrade,level. movement:"
    " TEXT,number,target,bonus_target,forgiven,spared.",
    "details: the SHA-256 of the entry's compact JSON without this field, all fields in the order in"
    " which they stand here; details_canonical is that JSON: no whitespace, only what must be escaped"
    " is (as JSON.stringify writes it; PHP: json_encode with JSON_UNESCAPED_SLASHES,"
    " JSON_UNESCAPED_UNICODE and JSON_UNESCAPED_LINE_TERMINATORS).",
    "These entries need not follow from each other; they are edges of the form, not of the ledger.",
    "statement: the lines of a whole text. lines: what its seal is the SHA-256 of, each with a line"
    " feed behind it: the compact JSON of each value, of lists one line for each element, and of an"
    " entry its details alone; opening_lines of them are under opening_seal.",
    "Made by make_statement.py.",
]

AT = "2026-11-21T15:34:00.000Z"
FIRST, LAST = "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"


def draw(grant, source, target, amount):
    return {"grant": str(grant), "from": source, "to": target, "amount": amount}


def entry(name, kind, amount, **more):
    occurred, booked = more.pop("occurred_at", AT), more.pop("booked_at", AT)
    terms = more.pop("terms", None)
    row = {"kind": kind, "amount": amount, **more, "occurred_at": occurred, "booked_at": booked}
    if terms:
        row["terms"] = terms
    return name, row


def terms(kind, amount, expires=None, priority=50, effective=AT, **source):
    return {"kind": kind, "priority": priority, "effective_at": effective, "expires_at": expires,
            "amount": amount, **source}


ENTRIES = [
    entry("a purchase of an order item", "grant", "2000", grant="1",
          terms=terms("purchase", "2000", "2027-11-21T15:34:00.000Z", order_item="17")),
    entry("its bonus never expires and burns later", "grant", "0.000001", grant="2",
          terms=terms("bonus", "0.000001", priority=255, order_item="Größe|1,2:3")),
    entry("a use below zero, with everything beside it", "use", "-1.2", rate_version=3,
          draws=[draw(1, "available", "consumed", "1.2")],
          usage={"feature": "chat", "agent": "default", "model": "large", "messages": 3,
                 "call_ms": 61000, "images": 2},
          reference="conversation 5", site="7", reason="Grüße, 😀 | x"),
    entry("a use with the least beside it", "use", "-0.000001",
          draws=[draw(2, "available", "consumed", "0.000001")], usage={"feature": "summary"}),
    entry("many draws, and the rest is debt", "use", "-1000000000010.5", debt="10.5",
          draws=[draw(n, "available", "consumed", str(n * 20000000000)) for n in range(1, 10)]
          + [draw(10, "available", "consumed", "100000000000")]),
    entry("an unlimited plan waives the cost", "use", "0", waived="12.25",
          occurred_at="2026-10-18T00:00:00.001Z"),
    entry("a hold", "hold", "0", hold="1", lapses_at="2026-11-21T15:35:00.000Z",
          draws=[draw(1, "available", "held", "40"), draw(2, "available", "held", "2.5")]),
    entry("it is settled for less", "settle", "-41", hold="1", debt="-0.5",
          draws=[draw(1, "held", "consumed", "40"), draw(2, "held", "consumed", "0.5"),
                 draw(2, "held", "available", "2")]),
    entry("a release", "release", "0", hold="2", draws=[draw(1, "held", "available", "3")]),
    entry("a lapse of an expired grant's credits", "lapse", "0", hold="3"),
    entry("they expire", "expiry", "-7", hold="3", draws=[draw(1, "held", "expired", "7")]),
    entry("an expiry", "expiry", "-8", draws=[draw(4, "available", "expired", "8")]),
    entry("an allowance", "grant", "1500", grant="3", reference="growth",
          terms=terms("allowance", "1500", "2026-12-21T00:00:00.000Z",
                      cycle={"subscription": 1, "index": 0, "share": "allowance"})),
    entry("what rolled over", "grant", "300", grant="4",
          terms=terms("allowance", "300", "2027-01-21T00:00:00.000Z",
                      cycle={"subscription": 1, "index": 1, "share": "rollover"})),
    entry("an upgrade", "grant", "500", grant="5",
          terms=terms("allowance", "500", "2027-01-21T00:00:00.000Z",
                      cycle={"subscription": 1, "index": 1, "share": "upgrade", "level": 3})),
    entry("a reversal with its movement", "reversal", "-900", debt="100",
          draws=[draw(1, "available", "reversed", "700"), draw(4, "available", "consumed", "100")],
          movement={"order_item": "Größe|1,2:3", "number": 1, "target": "1000",
                    "bonus_target": "0.000001", "forgiven": "50", "spared": "50.000001"}),
    entry("a reinstatement", "reinstatement", "850",
          draws=[draw(1, "reversed", "available", "700"), draw(4, "consumed", "available", "50")],
          movement={"order_item": "Größe|1,2:3", "number": 2, "target": "0", "bonus_target": "0",
                    "forgiven": "-50", "spared": "-50.000001"}),
    entry("an adjustment repays debt", "adjustment", "5", grant="6", debt="-5",
          draws=[draw(6, "available", "consumed", "5")], reason="goodwill",
          terms=terms("adjustment", "5")),
    entry("a change of plan", "plan", "0", reference="growth"),
    entry("the ends of time", "grant", "1000000000000", grant="7", occurred_at=FIRST,
          booked_at=LAST, terms=terms("refund", "1000000000000", LAST, 0, FIRST)),
]


# The order of the wire.
FIELDS = ["seq", "kind", "amount", "debt", "waived", "draws", "grant", "hold", "lapses_at", "usage",
          "rate_version", "movement", "reference", "site", "reason", "occurred_at", "booked_at",
          "terms", "digest"]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def text(value):
    return "" if value is None else f"{len(value.encode())}:{value}"


def plain(value):
    return "" if value is None else str(value)


def draws(rows):
    return ",".join(":".join([d["grant"], d["from"], d["to"], d["amount"]]) for d in rows)


def grant_terms(number, grant):
    source = ""
    if "order_item" in grant:
        source = "item," + text(grant["order_item"])
    if "cycle" in grant:
        cycle = grant["cycle"]
        names = ["subscription", "index", "share", "level"]
        source = ",".join(["cycle"] + [str(cycle[name]) for name in names if name in cycle])
    known = [grant[name] for name in ["kind", "priority", "effective_at", "expires_at", "amount"]]
    return ",".join([number] + [plain(value) for value in known] + [source])


def entry_line(previous, row):
    movement = ""
    if "movement" in row:
        known = row["movement"]
        sums = [known["target"], known["bonus_target"]]
        sums += [known.get(name, "0") for name in ["forgiven", "spared"]]
        movement = ",".join([text(known["order_item"]), str(known["number"])] + sums)
    grant = grant_terms(row["grant"], row["terms"]) if "terms" in row else ""
    return "|".join([
        previous, str(row["seq"]), row["kind"], row["amount"], row.get("debt", "0"),
        row.get("waived", "0"), draws(row.get("draws", [])), grant, row.get("hold", ""),
        row.get("lapses_at", ""), plain(row.get("rate_version")), movement, row["occurred_at"],
        row["booked_at"],
    ])


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def details_of(row):
    return sha(compact({name: row[name] for name in row if name != "details"}))


LISTS = ["opening_grants", "opening_holds", "opening_items"]


def seal(lines):
    return sha("".join(line + "\n" for line in lines))


def lines(whole):
    """What the seal is taken of; the lines of the opening first."""
    opening = [compact(whole["head"]), compact(whole["opening"])]
    opening += [compact(row) for name in LISTS for row in whole[name]]
    assert whole["opening_seal"] == seal(opening), "opening_seal"
    previous, rest = whole["opening"]["digest"], []
    for row in whole["entries"]:
        assert row["digest"] == sha(entry_line(previous, row)), row
        assert row["details"] == details_of(row), row
        rest.append(row["details"])
        previous = row["digest"]
    assert whole["closing"]["digest"] == previous
    rest += [compact(row) for row in whole["grants"]] + [compact(whole["closing"])]
    return len(opening), opening + rest


def main():
    statement = json.loads(FILE.read_text())["statement"]
    previous, cases = sha(GENESIS), []
    for number, (name, row) in enumerate(ENTRIES, 1):
        row = {"seq": number if number < len(ENTRIES) else 9007199254740991, **row}
        line = entry_line(previous, row)
        digest = sha(line)
        row["digest"] = digest
        row = {name: row[name] for name in FIELDS if name in row}
        details = compact(row)
        cases.append({"name": name, "entry": {**row, "details": sha(details)}, "canonical": line,
                      "details_canonical": details})
        previous = digest
    whole = json.loads("\n".join(statement))
    opening, sealed = lines(whole)
    assert whole["seal"] == seal(sealed), "seal"
    made = {"about": ABOUT, "genesis": {"text": GENESIS, "digest": sha(GENESIS)}, "entries": cases,
            "statement": statement, "opening_lines": opening, "lines": sealed}
    FILE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n")


main()
