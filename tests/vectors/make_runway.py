#!/usr/bin/env python3
"""Writes runway.json and spikes.json: the method of `core::runway` written a second time.

It follows the words of the module's doc, sorts where the engine searches, and has no limit of 64
bits. Run by hand when the method changes: python3 tests/vectors/make_runway.py
"""
import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).parent
EPOCH = date(1970, 1, 1)
DAY_MS = 86_400_000
ZONES = {
    "UTC": {"base_offset_s": 0, "transitions": []},
    "Europe/Berlin": {"base_offset_s": 7200, "transitions": [
        ["2026-10-25T01:00:00.000Z", 3600], ["2027-03-28T01:00:00.000Z", 7200]]},
    "Pacific/Apia in 2011": {"base_offset_s": -36000, "transitions": [
        ["2011-12-30T10:00:00.000Z", 50400]]},
}


def ms_of(text):
    at = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    return (at - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)


def text_of(ms):
    at = datetime(1970, 1, 1) + timedelta(milliseconds=ms)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def micro(text):
    whole, _, rest = text.partition(".")
    return int(whole) * 10**6 + int((rest + "000000")[:6])


def credits(amount):
    text = f"{amount // 10**6}.{amount % 10**6:06d}".rstrip("0")
    return text.rstrip(".")


class Zone:
    def __init__(self, name):
        table = ZONES[name]
        starts = [-10**18] + [ms_of(at) for at, _ in table["transitions"]]
        offsets = [table["base_offset_s"]] + [offset for _, offset in table["transitions"]]
        self.stretches = list(zip(starts, starts[1:] + [10**18], offsets))

    def today(self, at):
        offset = next(o for start, end, o in self.stretches if start <= at < end)
        return (at + offset * 1000) // DAY_MS

    def start(self, day):
        for start, end, offset in self.stretches:
            at = max(start, day * DAY_MS - offset * 1000)
            if at < end:
                return at
        raise ValueError(day)


# The pace.

def mean(days, start, end):
    return sum(days[start:end]) // max(end - start, 1)


def memories(days, day):
    return [mean(days, max(day - memory, 0), day) for memory in (7, 28, 182)]


class Pace:
    def __init__(self, used, as_of, zone):
        self.today = zone.today(as_of)
        seen = {}
        for day, amount in used:
            if self.today - 182 <= day < self.today:
                seen[day] = seen.get(day, 0) + amount
        first = min((day for day, amount in seen.items() if amount > 0), default=None)
        self.silence = None
        if first is None:
            self.silence = "no_use"
            return
        days = [seen.get(day, 0) for day in range(first, self.today)]
        recent = sum(amount > 0 for amount in days[-28:])
        if recent == 0:
            self.silence = "no_use"
            return
        if len(days) < 7 or recent < 4:
            self.silence = "too_few_days"
            return
        self.unit = 1
        while max(days) // self.unit > 10**12:
            self.unit *= 10
        self.days = [amount // self.unit for amount in days]
        self.weights = self.weigh()
        self.level = self.told(len(days))
        self.week = self.pattern()

    def weigh(self):
        count = len(self.days)
        window = min(max(count // 6, 7), 28)
        errors = [2000, 2000, 0]
        for day in range(7, count - window + 1):
            came = mean(self.days, day, day + window)
            for n, told in enumerate(memories(self.days, day)):
                told = max(told, 1)
                errors[n] += min(abs(told - came) * 1000 // told, 3000)
        weights = []
        for error in errors:
            ratio = min(errors) * 1000 // error if error else 1000
            for _ in range(4):
                ratio = ratio * ratio // 1000
            weights.append(ratio + 1)
        return weights

    def told(self, day):
        weighed = zip(self.weights, memories(self.days, day))
        return sum(weight * told for weight, told in weighed) // sum(self.weights)

    def pattern(self):
        weeks = min(len(self.days) // 7, 8)
        last = self.days[len(self.days) - weeks * 7:]
        sums = [sum(last[n::7]) for n in range(7)]
        shares = [s * 7000 // sum(sums) if sum(sums) else 1000 for s in sums]
        return [self.level * ((weeks * share + 2000) // (weeks + 2)) // 1000 for share in shares]

    def spread(self, ahead):
        count = len(self.days)
        window = min(ahead, min(max(count // 3, 2), 28))
        ratios = [800, 800, 1250, 1250]
        for day in range(7, count - window + 1):
            told = self.told(day)
            if told > 0:
                ratios.append(min(mean(self.days, day, day + window) * 1000 // told, 10000))
        ratios.sort()
        tail = len(ratios) // 10
        low, high = min(max(ratios[tail], 100), 950), max(ratios[-1 - tail], 1052)
        drift = ahead * 15 // 10
        low, high = 10**6 // (10**6 // low + drift), high + drift
        return None if high > 4 * low else (low, high)


def stores_of(pace, supplies, debt, now):
    debt //= pace.unit
    here, coming = [], []
    for supply in supplies:
        start = max(ms_of(supply["from_at"]), now) if supply["from_at"] else now
        end = ms_of(supply["expires_at"]) if supply["expires_at"] else 10**18
        if end <= start:
            continue
        rest = micro(supply["amount"]) // pace.unit
        store = {"rest": rest, "start": start, "end": end, "priority": supply["priority"]}
        if start > now:
            coming.append(store)
            continue
        paid = min(rest, debt)
        debt -= paid
        store["rest"] -= paid
        here.append(store)
    for store in coming:
        key = lambda other: (other["priority"], other["end"])
        later = [n for n, other in enumerate(here) if key(other) > key(store)]
        here.insert(later[0] if later else len(here), store)
    return here


def drain(pace, stores, now, zone, share):
    stores = [dict(store) for store in stores]
    at, lost, line = now, 0, []
    there = lambda: sum(s["rest"] for s in stores if s["start"] <= at < s["end"])
    for ahead in range(731):
        start, end = zone.start(pace.today + ahead), zone.start(pace.today + ahead + 1)
        rate = pace.week[ahead % 7] * share // 1000
        seconds = (end - start) // 1000
        used = lambda to: rate * ((to - start) // 1000) // seconds if seconds else 0
        line.append([at, there()])
        while at < end:
            if there() == 0:
                return at, ahead, lost, line if line[-1][0] == at else line + [[at, 0]]
            changes = [c for s in stores for c in (s["start"], s["end"]) if at < c < end]
            until = min(changes, default=end)
            need = used(until) - used(at)
            if need > there():
                # Second by second, as a clock would find it.
                target, low, high = used(at) + there(), (at - start) // 1000, (until - start) // 1000
                while low < high:
                    middle = (low + high) // 2
                    if rate * middle // seconds >= target:
                        high = middle
                    else:
                        low = middle + 1
                out = max(at, start + low * 1000)
                return out, ahead, lost, line if out == at else line + [[out, 0]]
            for store in stores:
                if store["start"] <= at < store["end"]:
                    taken = min(store["rest"], need)
                    store["rest"] -= taken
                    need -= taken
            for store in stores:
                if store["end"] == until:
                    lost += store["rest"]
                    store["rest"] = 0
            at = until
    return None, None, lost, line


def runway(case):
    zone, now = Zone(case["zone"]), ms_of(case["as_of"])
    first = (date.fromisoformat(case["first_day"]) - EPOCH).days
    used = [(first + n, micro(amount)) for n, amount in enumerate(case["used"])]
    used += [((date.fromisoformat(day) - EPOCH).days, micro(a)) for day, a in case.get("also", [])]
    pace = Pace(used, now, zone)
    if pace.silence:
        return pace.silence
    stores = stores_of(pace, case["supplies"], micro(case["debt"]), now)
    around, ahead, lost, line = drain(pace, stores, now, zone, 1000)
    if line[0][1] == 0:
        return "depleted"
    if around is None or ahead > 365:
        return "over_a_year"
    ends = pace.spread(ahead + 1)
    if ends is None:
        return "too_erratic"
    slow, fast = ends
    since = drain(pace, stores, now, zone, fast)[0]
    until = drain(pace, stores, now, zone, slow)[0]
    scaled = lambda units: credits(units * pace.unit)
    return {
        "from": text_of(around if since is None else since), "around": text_of(around),
        "to": None if until is None else text_of(until), "per_day": scaled(pace.level),
        "lost": scaled(lost), "points": len(line),
        "line": [[text_of(at), scaled(available)] for at, available in line[:12]],
    }


# Spikes.

def middle(values):
    at = (len(values) - 1) // 2
    median = sorted(values)[at]
    return median, sorted(abs(value - median) for value in values)[at]


def usual_of(before):
    if not before:
        return 0, 0
    usual, deviation = middle(before[-28:])
    weekday = before[::-1][6::7][:8]
    if len(weekday) >= 4:
        same, scatter = middle(weekday)
        usual, deviation = max(usual, same), max(deviation, scatter)
    return usual, deviation


def spikes(case):
    def row(texts):
        return [micro(text) for text in texts]
    days = row(case["used"])
    first = next((n for n, amount in enumerate(days) if amount), len(days))
    least = 25 * 10**6
    found = {}
    for at in range(first + 14, len(days)):
        before = days[first:at]
        usual, deviation = usual_of(before)
        if usual == 0:
            worked = [amount for amount in before[-56:] if amount]
            if len(worked) < 4:
                continue
            usual, deviation = middle(worked)
        if days[at] - usual >= max(least, usual, 6 * deviation):
            found[at] = usual
    def run(at):
        start, end = at, at
        while start - 1 in found:
            start -= 1
        while end + 1 in found:
            end += 1
        return end - start + 1
    answer = []
    for at, usual in found.items():
        if run(at) > 7:
            continue
        excess, drivers = days[at] - usual, []
        for order, dimension in enumerate(("agent", "model", "site")):
            known, best = 0, None
            for n, piece in enumerate(case["slices"]):
                if piece["dimension"] != dimension:
                    continue
                own = row(piece["used"])[first:]
                known += any(own[:at - first + 1])
                its = usual_of(own[:at - first])[0]
                over = own[at - first] - its
                if over > (best[0] if best else 0):
                    share = min(over // (excess // 100), 100)
                    best = (over, {
                        "slice": n, "credits": credits(own[at - first]), "usual": credits(its),
                        "share_percent": share})
            if best:
                drivers.append((known < 2, -best[0], order, best[1]))
        drivers.sort(key=lambda driver: driver[:3])
        day = date.fromisoformat(case["first_day"]) + timedelta(days=at)
        answer.append({
            "day": day.isoformat(), "credits": credits(days[at]), "usual": credits(usual),
            "drivers": [driver[3] for driver in drivers]})
    return answer


def write(name, about, parts):
    lines = ["{", '  "about": [']
    lines.append(",\n".join(f"    {json.dumps(line)}" for line in about) + "\n  ],")
    for part, rows in parts.items():
        if isinstance(rows, dict):
            rows = [f"    {json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items()]
            lines.append(f'  "{part}": {{\n' + ",\n".join(rows) + "\n  },")
        else:
            rows = [f"    {json.dumps(row)}" for row in rows]
            lines.append(f'  "{part}": [\n' + ",\n".join(rows) + "\n  ],")
    lines[-1] = lines[-1].rstrip(",")
    (HERE / name).write_text("\n".join(lines + ["}"]) + "\n")


if __name__ == "__main__":
    import runway_cases as cases
    told = []
    for case in cases.RUNWAY:
        answer = runway(case)
        quiet = isinstance(answer, str)
        told.append({**case, "runway": None if quiet else answer, "silence": answer if quiet else None})
    write("runway.json", cases.RUNWAY_ABOUT, {"zones": ZONES, "cases": told})
    found = [{**case, "spikes": spikes(case)} for case in cases.SPIKES]
    write("spikes.json", cases.SPIKES_ABOUT, {"cases": found})
