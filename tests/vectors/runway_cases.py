"""The questions of runway.json and spikes.json; make_runway.py answers them."""
from datetime import date, timedelta

RUNWAY_ABOUT = [
    "When credits run out. used: what each civil day from first_day on consumed; also: [day, amount] more.",
    "supplies in burn order, those to come anywhere among them; null: there already, never ends.",
    "runway: from, around and to as instants, per_day, what expires unused, the projected line: how many",
    "points it has and the first 12 as [instant, available]. silence: why there is none.",
    "zones: as in cycles.json. Made by make_runway.py, which has the method a second time.",
]
SPIKES_ABOUT = [
    "Days that stand out. used and each slice's used: what each civil day from first_day to today consumed.",
    "drivers: the slice with the largest excess of each dimension, by its place among the slices.",
    "Made by make_runway.py, which has the method a second time.",
]


class Dice:
    """Numbers that look random and are the same everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, end):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % end


def text(micro):
    rest = f"{micro // 10**6}.{micro % 10**6:06d}".rstrip("0")
    return rest.rstrip(".")


def supply(amount, expires_at=None, from_at=None, priority=50):
    return {"amount": amount, "priority": priority, "from_at": from_at, "expires_at": expires_at}


def case(name, used, supplies, as_of="2026-11-21T12:00:00.000Z", zone="UTC", debt="0", **more):
    today = date.fromisoformat(more.pop("today", as_of[:10]))
    first = today - timedelta(days=len(used))
    return {"name": name, "zone": zone, "as_of": as_of, "first_day": first.isoformat(),
            "used": used, **more, "supplies": supplies, "debt": debt}


def scattered(seed, count, mean, weekend=100):
    dice = Dice(seed)
    days = []
    for n in range(count):
        share = weekend if n % 7 >= 5 else 100
        days.append(text(mean * (500 + dice.below(1001)) // 1000 * share // 100))
    return days


STEADY = ["100"] * 40
WEEK = ["120", "130", "120", "140", "110", "20", "0"] * 9
GROWTH = [text(20_000_000 * 103**n // 100**n) for n in range(80)]
STEP = ["40"] * 60 + ["100"] * 35
MONTHS = ["2026-12-15", "2027-01-15", "2027-02-15", "2027-03-15", "2027-04-15", "2027-05-15"]


def monthly(amount, count):
    ends = [f"{day}T00:00:00.000Z" for day in MONTHS]
    return [supply(amount, ends[n + 1], ends[n]) for n in range(count)]


RUNWAY = [
    case("a steady pace", STEADY, [supply("1000")]),
    case("less than a day", STEADY, [supply("12.5")]),
    case("runs out as the day ends", STEADY, [supply("50")]),
    case("a weekday pattern", WEEK, [supply("2341")]),
    case("a weekday pattern, from a Saturday", WEEK, [supply("300")], "2026-11-21T08:00:00.000Z"),
    case("growth", GROWTH, [supply("3000")]),
    case("a step up, five weeks ago", STEP, [supply("2500")]),
    case("a young account: a week", ["80", "95", "110", "70", "100", "90", "85"], [supply("600")]),
    case("scattered, near", scattered(1, 120, 90_000_000, 60), [supply("400")]),
    case("scattered, far", scattered(1, 120, 90_000_000, 60), [supply("9000")]),
    case("half a year and more is known", scattered(2, 230, 33_333_333), [supply("2000.000001")]),
    case("today is not over and never counts", STEADY, [supply("1000")],
         also=[["2026-11-21", "5000"], ["2026-11-22", "7000"]]),
    case("a day that is named twice used both", ["50"] * 40, [supply("1000")],
         also=[[f"2026-11-{day:02d}", "50"] for day in range(1, 21)]),
    case("a pool that ends before it is used is lost", STEADY,
         [supply("900", "2026-11-24T12:00:00.000Z"), supply("1000")]),
    case("a pool that has ended is none", STEADY,
         [supply("900", "2026-11-21T12:00:00.000Z"), supply("500")]),
    case("a pool that ends within the day", STEADY,
         [supply("70.5", "2026-11-22T06:30:00.250Z"), supply("10")]),
    case("allowances to come", STEADY,
         [supply("841", "2026-12-15T00:00:00.000Z"), supply("1500")] + monthly("2000", 4)),
    case("it runs out before the allowance comes", STEADY,
         [supply("841", "2026-12-15T00:00:00.000Z")] + monthly("2000", 4)),
    case("the allowance comes as the last credit goes", STEADY,
         [supply("2350", "2026-12-15T00:00:00.000Z")] + monthly("2000", 1)),
    case("an allowance that nearly covers the pace: no end at its slow end", STEADY,
         [supply("2400", "2026-12-15T00:00:00.000Z")] + [
             supply("3000", f"{2027 + (n + 1) // 12}-{(n + 1) % 12 + 1:02d}-15T00:00:00.000Z",
                    f"{2027 + n // 12 if n >= 0 else 2026}-{n % 12 + 1:02d}-15T00:00:00.000Z")
             for n in range(-1, 26)]),
    case("what comes burns before what ends later, and by priority", STEADY, [
        supply("100", None, None, 10), supply("400", "2027-01-20T00:00:00.000Z"), supply("300"),
        supply("250", "2026-12-05T00:00:00.000Z", "2026-11-23T09:00:00.000Z"),
        supply("60", "2026-12-01T00:00:00.000Z", "2026-11-22T09:00:00.000Z", 60)]),
    case("debt is repaid from what is there", STEADY, [supply("300"), supply("500")], debt="420"),
    case("the clock is set back", scattered(3, 60, 75_000_000), [supply("250")],
         "2026-10-24T10:00:00.000Z", "Europe/Berlin"),
    case("the clock is set forward", scattered(3, 60, 75_000_000), [supply("250")],
         "2027-03-26T22:30:00.000Z", "Europe/Berlin"),
    case("after midnight there, before it here", WEEK, [supply("400")],
         "2026-11-20T23:30:00.000Z", "Europe/Berlin", today="2026-11-21"),
    case("a day that was skipped", STEADY, [supply("333")],
         "2011-12-29T20:00:00.000Z", "Pacific/Apia in 2011"),
    case("very large amounts", [f"{98 + n % 5}00000000.000001" for n in range(50)],
         [supply("300000000000.5")]),
    case("very small amounts", ["0.000003", "0.000002"] * 20, [supply("0.00005")]),
    case("a use of nothing but one micro-credit", ["0.000001"] * 30, [supply("1000000000000")]),
    case("silent: never used", ["0"] * 30, [supply("500")]),
    case("silent: nothing known", [], [supply("500")]),
    case("silent: not used for four weeks", ["100"] * 40 + ["0"] * 28, [supply("500")]),
    case("silent: used for six days", ["100"] * 6, [supply("500")]),
    case("silent: used today for the first time", [], [supply("500")], also=[["2026-11-21", "40"]]),
    case("silent: used on three days of 28", (["100"] + ["0"] * 9) * 4, [supply("500")]),
    case("silent: too erratic", (["0"] * 9 + ["900", "0", "3", "0", "700"]) * 6, [supply("500")]),
    case("silent: further than a year away", STEADY, [supply("40000")]),
    case("a year away, just", STEADY, [supply("36450")]),
    case("silent: nothing is left", STEADY, [supply("0")]),
    case("silent: no supplies", STEADY, []),
    case("silent: all that is left is owed", STEADY, [supply("300")], debt="300"),
    case("silent: nothing yet, though an allowance comes", STEADY, monthly("2000", 2)),
]


def mixed(seed):
    """A question at random: any shape of use, some pools, some allowances."""
    dice = Dice(seed * 7919)
    count = 8 + dice.below(200)
    base, burst, gaps = 1 + dice.below(300), dice.below(12), dice.below(40)
    used = []
    for n in range(count):
        amount = base * (400 + dice.below(1201)) * 1000
        amount = amount * (4 if dice.below(100) < burst else 1)
        used.append(text(0 if dice.below(100) < gaps else amount))
    pools = []
    for n in range(1 + dice.below(3)):
        end = date(2026, 11, 22) + timedelta(days=dice.below(90))
        ends = f"{end.isoformat()}T{dice.below(24):02d}:30:00.000Z"
        pools.append(supply(text(base * dice.below(30_000) * 1000), ends))
    pools.sort(key=lambda pool: pool["expires_at"])
    pools.append(supply(text(base * dice.below(60_000) * 1000)))
    pools += monthly(text(base * dice.below(20_000) * 1000), dice.below(6))
    hour = f"2026-11-21T{dice.below(24):02d}:{dice.below(60):02d}:17.250Z"
    return case(f"at random {seed}", used, pools, hour)


RUNWAY += [mixed(seed) for seed in range(1, 41)]


def slices(**rows):
    parts = []
    for name, used in rows.items():
        dimension, _, key = name.partition("_")
        parts.append({"dimension": dimension, "key": key, "used": used})
    return parts


def spike(name, used, parts=()):
    first = date(2026, 9, 1)
    today = first + timedelta(days=len(used) - 1)
    return {"name": name, "today": today.isoformat(), "first_day": first.isoformat(),
            "used": used, "slices": list(parts)}


def at(days, **changes):
    days = list(days)
    for place, amount in changes.items():
        days[int(place[1:])] = amount
    return days


FIFTY = ["50"] * 60
FIVE_ON = ["100", "110", "95", "105", "100", "0", "0"] * 8
SPIKES = [
    spike("a day of four times the usual", at(FIFTY, d50="202")),
    spike("today can stand out already", at(FIFTY, d59="130")),
    spike("twice a usual day stands out, a little less does not", at(FIFTY, d40="100", d50="99.9")),
    spike("a small account is not nagged", at(["3"] * 60, d50="27")),
    spike("it is, from 25 credits above", at(["3"] * 60, d50="28")),
    spike("an even scatter has no spike", scattered(5, 90, 100_000_000)),
    spike("a scatter with one", at(scattered(5, 90, 100_000_000), d70="420.5")),
    spike("weekends are quiet, Mondays are not spikes", FIVE_ON),
    spike("a Monday that is one", at(FIVE_ON, d49="260")),
    spike("a Sunday that is one by what a working day uses", at(FIVE_ON, d48="230")),
    spike("too young to have a usual day", at(["50"] * 20, d13="500")),
    spike("old enough", at(["50"] * 20, d14="500")),
    spike("an account that rests on most days", (["0"] * 3 + ["40"]) * 14 + ["0", "0", "0", "190"]),
    spike("used three times before: no usual day", ["40"] + ["0"] * 19 + ["40", "0", "40"] + ["0"] * 9
          + ["500"]),
    spike("a week that stands out", FIFTY[:40] + ["200"] * 7 + FIFTY[:10]),
    spike("eight days are a new pace", FIFTY[:40] + ["200"] * 8 + FIFTY[:10]),
    spike("what drove it: agent, model and site", at(FIFTY, d50="202"), slices(
        agent_chat=at(["30"] * 60, d50="50"), agent_voice_inbound=at(["20"] * 60, d50="152"),
        model_standard=at(["50"] * 60, d50="102"), model_voice=at(["0"] * 60, d50="100"),
        site_shop=at(["50"] * 60, d50="202"))),
    spike("of equal drivers the agent, and the first", at(FIFTY, d50="250"), slices(
        site_a=at(["25"] * 60, d50="125"), site_b=at(["25"] * 60, d50="125"),
        agent_a=at(["25"] * 60, d50="125"), agent_b=at(["25"] * 60, d50="125"))),
    spike("one slice alone drove all of it", at(FIFTY, d50="250"),
          slices(agent_chat=at(["50"] * 60, d50="250"))),
    spike("nothing is known of what drove it", at(FIFTY, d50="250"),
          slices(agent_chat=["0"] * 60)),
    spike("a slice can exceed the day's excess: 100 percent", at(FIFTY, d50="150"), slices(
        agent_chat=at(["25"] * 60, d50="0"), agent_nox=at(["25"] * 60, d50="150"))),
    spike("no use at all", ["0"] * 30),
    spike("very large days", at(["1000000000"] * 40, d30="900000000000")),
]


def random_spikes(seed):
    dice = Dice(seed * 104729)
    count, names = 30 + dice.below(80), ["agent_chat", "agent_nox", "model_a", "model_b"]
    rows = {name: [] for name in names}
    used = []
    for n in range(count):
        chat = dice.below(100) * 700_000 * (6 if dice.below(100) < 4 else 1)
        nox = dice.below(100) * 300_000 * (9 if dice.below(100) < 4 else 1)
        total = chat + nox
        part = total * dice.below(101) // 100
        for name, amount in zip(names, (chat, nox, part, total - part)):
            rows[name].append(text(amount))
        used.append(text(total))
    return spike(f"at random {seed}", used, slices(**rows))


SPIKES += [random_spikes(seed) for seed in range(1, 9)]
