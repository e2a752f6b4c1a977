"""The part `desk` of the benchmark: the desk's list with 20,000 cases beside the same list with 200.

Both have a database and a process of their own. The processes answer the same addresses in turns, one request at a time, so
whatever else the machine does meets both. Times are those of whole answers, from the request to the finished page.
"""

import argparse
import datetime
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

BAR, QUERIES = 1.5, 12
FEW, MANY, ROUNDS = 200, 20_000, 30
RESULT = "BENCH "
DESK = "/admin/desk/"
#: A place that some of the demo messages are about.
WORD = "پایانه"
COLUMNS = ("title", "status", "topic__title", "unit__name", "assignee__last_name", "deadline", "created_at")


# ---------------------------------------------------------------------------------------------- inside the project


def fill(count: int) -> dict[str, str]:
    """Make `count` cases, half of them of one unit, a third of those with one colleague; return what the addresses ask for."""
    import random

    from django.core.management import call_command
    from django.db import connection
    from django.db.models import F

    from contact import demo
    from contact.models import Message, Topic, Unit

    call_command("migrate", verbosity=0)
    own, *others = [Unit.objects.create(name=f"واحد {name}") for name in ("یکم", "دوم", "سوم")]
    Topic.objects.update(is_elsewhere=True)  # whatever came with the migrations
    for number, unit in enumerate([own, own, *others]):
        Topic.objects.create(title=f"موضوع {number}", unit=unit, sort_order=number)
    demo.seed(count, random.Random(1))
    users = people(own)
    Message.objects.annotate(third=F("pk") % 3).filter(unit=own, third=0).update(assignee=users["member"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    newest = Message.objects.filter(unit=own).first()
    return {
        "unit": str(own.pk),
        "assignee": str(users["member"].pk),
        "code": newest.tracking_code if newest else "",
        "topic": str(Topic.objects.filter(unit=own, is_elsewhere=False).first().pk),  # type: ignore[union-attr]
    }


def people(unit: Any) -> dict[str, Any]:
    """A manager and a member of the unit, with the groups of the migrations, and a saved list each."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from contact.models.casework import SavedFilter

    users = {}
    for name, group in (("manager", "مسئول روابط عمومی"), ("member", "کارشناس پاسخ‌گویی")):
        user = users[name] = get_user_model().objects.create(username=name, last_name=name)
        user.groups.add(Group.objects.get(name=group))
        SavedFilter.objects.create(user=user, name="شکایت‌ها", query="kind=complaint")
    unit.members.add(users["member"])
    return users


def addresses(asked: dict[str, str]) -> dict[str, str]:
    """What is measured, by its name; `asked` from `fill`."""
    # The demo's messages end on a fixed day, however late it is.
    first, last = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
    queries = {
        "today": "",
        "all": "block=all",
        "overdue": "block=overdue",
        "status": "status=answered&status=closed",
        "unit": f"unit={asked['unit']}",
        "topic": f"topic={asked['topic']}",
        "assignee": f"assignee={asked['assignee']}",
        "deadlines": f"deadline_from={first}&deadline_to={last}",
        "word": f"q={WORD}",
        "code": f"q={asked['code']}",
        "page 2": "block=all&p=2",
    }
    return queries | {f"by {column}": f"block=all&ordering={column}" for column in COLUMNS}


def serve(count: int) -> None:
    """Fill the database of the environment, then answer: a line in names who asks and what, a line out has the time."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hamyari_site.settings_test"  # its static files bear no hashes
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    asked = addresses(fill(count))
    clients = {user.username: Client(HTTP_HOST="localhost") for user in get_user_model().objects.all()}
    for user in get_user_model().objects.all():
        clients[user.username].force_login(user)
    _say({"asked": list(asked)})
    for line in sys.stdin:
        who, _tab, what = line.rstrip("\n").partition("\t")
        address = f"{DESK}?{asked[what.removesuffix('?')]}"
        if what.endswith("?"):
            with CaptureQueriesContext(connection) as captured:
                page = clients[who].get(address)
            if page.status_code != 200:
                raise RuntimeError(f"{address} answers {page.status_code}")
            _say({"queries": len(captured), "rows": page.content.count(b'name="case"')})
            continue
        began = time.perf_counter()
        clients[who].get(address)
        _say({"ms": (time.perf_counter() - began) * 1000})


def _say(what: dict[str, Any]) -> None:
    print(RESULT + json.dumps(what), flush=True)


# ---------------------------------------------------------------------------------------------- around it


class Desk:
    """A process that answers the desk's list over one database."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.asked: list[str] = self._heard()["asked"]

    def ask(self, who: str, what: str) -> dict[str, Any]:
        assert self.process.stdin
        self.process.stdin.write(f"{who}\t{what}\n")
        self.process.stdin.flush()
        return self._heard()

    def _heard(self) -> dict[str, Any]:
        for line in self.process.stdout or ():
            if line.startswith(RESULT):
                found: dict[str, Any] = json.loads(line.removeprefix(RESULT))
                return found
            print(f"      {line.rstrip()}", flush=True)
        raise RuntimeError("the measurement stopped; its last lines are above")


@contextmanager
def desk(environment: dict[str, str], count: int) -> Iterator[Desk]:
    with subprocess.Popen(
        [sys.executable, __file__, "--serve", str(count)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Desk(process)
        finally:
            if process.stdin:
                process.stdin.close()


def measure(name: str, database: Any, many: int, rounds: int) -> list[dict[str, Any]]:
    """Compare both lists, taking turns; `database()` gives the environment of a new one. Times are medians, in milliseconds."""
    with ExitStack() as stack:
        few_desk, many_desk = (
            stack.enter_context(desk(stack.enter_context(database()), count)) for count in (FEW, many)
        )
        return [
            {"database": name, **row}
            for who in ("manager", "member")
            for row in (_compared(few_desk, many_desk, who, what, rounds) for what in few_desk.asked)
        ]


def _compared(few: Desk, many: Desk, who: str, what: str, rounds: int) -> dict[str, Any]:
    asked = [desk.ask(who, f"{what}?") for desk in (few, many) for _warm in range(2)]
    times: dict[Desk, list[float]] = {few: [], many: []}
    for number in range(rounds):
        for one in (few, many) if number % 2 else (many, few):
            times[one].append(one.ask(who, what)["ms"])
    few_ms, many_ms = (statistics.median(times[one]) for one in (few, many))
    return {
        "who": who,
        "list": what,
        "rows": asked[-1]["rows"],
        "rows_few": asked[1]["rows"],
        "queries": max(row["queries"] for row in asked[1::2]),
        "few_ms": round(few_ms, 1),
        "many_ms": round(many_ms, 1),
        "ratio": round(many_ms / few_ms, 2),
    }


def report(rows: list[dict[str, Any]]) -> None:
    print(
        f"\n{'database':12}{'who':9}{'list':24}{'rows':>8}{'queries':>9}{'few':>11}{'many':>11}{'ratio':>8}"
    )
    for row in rows:
        print(
            f"{row['database']:12}{row['who']:9}{row['list']:24}{row['rows_few']:>4}/{row['rows']:>3}{row['queries']:>9}"
            f"{row['few_ms']:>8.1f} ms{row['many_ms']:>8.1f} ms{row['ratio']:>8.2f}"
        )


def over(rows: list[dict[str, Any]]) -> list[str]:
    """What is slower or asks more than it may, in words."""
    slow = [f"over {BAR:g} times: {_name(row)}" for row in rows if row["ratio"] > BAR]
    return slow + [f"over {QUERIES} queries: {_name(row)}" for row in rows if row["queries"] > QUERIES]


def _name(row: dict[str, Any]) -> str:
    return f"the desk's list “{row['list']}” of the {row['who']} on {row['database']}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--serve", type=int, required=True)
    serve(parser.parse_args().serve)
