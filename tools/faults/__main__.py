"""The fault campaign: citizens write while processes are killed, connections cut, the mail server fails and the disk is full.

Usage: python -m tools.faults [--short] [--posts 2000] [--kills 100] [--only sqlite|postgresql]

Each database gets a site of its own, as `make run` starts it, in a temporary folder; PostgreSQL's on the server of DATABASE_URL,
or on a local one that trusts the user postgres. Afterwards every acknowledged message must be stored once, with its files, and
every notice must have arrived within five minutes of recovery. Prints the figures and writes them to var/faults.json; exit
status 1 when a promise was broken.
"""

import argparse
import json
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tools.faults.citizen import Citizen, Written, compose  # noqa: E402
from tools.faults.mail_server import MODES, MailServer  # noqa: E402
from tools.faults.site import Site  # noqa: E402
from tools.faults.verdict import RECOVERY, Verdict, on_messages, on_notices  # noqa: E402

POSTS, KILLS, CITIZENS = 2_000, 100, 24
SHORT_POSTS, SHORT_KILLS, SHORT_CITIZENS = 120, 8, 12
LOCAL_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
RESULT = "FAULTS "


class Campaign:
    """One site and everything that happens to it."""

    def __init__(self, site: Site, mail: MailServer, posts: int, kills: int, citizens: int) -> None:
        self.site, self.mail = site, mail
        self.posts, self.kills, self.citizens = posts, kills, citizens
        self.written: list[Written] = []
        self.waiting: queue.Queue[Written | None] = queue.Queue()
        self.done = self.cuts = self.full = 0
        self.seconds_full = 0.0
        self.last_cut = self.last_word = time.monotonic()
        self.lock = threading.Lock()

    def run(self, topic: int) -> float:
        """Everything up to the recovery; the moment of it."""
        threads = [
            threading.Thread(target=self.keep_writing, args=(topic,), daemon=True)
            for _citizen in range(self.citizens)
        ]
        for thread in threads:
            thread.start()
        # Fine at first and after each failure, so that there is mail under way whenever something breaks.
        steps = ["fine", *(step for mode in MODES if mode != "fine" for step in (mode, "fine"))]
        for number, mode in enumerate(steps):
            self.mail.become(mode)
            self.write_some(self.posts * (number + 1) // len(steps), mode, number / len(steps))
        for _thread in threads:
            self.waiting.put(None)
        for thread in threads:
            thread.join()
        return time.time()

    def write_some(self, up_to: int, mode: str, share: float) -> None:
        """Let citizens write, and break things, until all of these are written and the mail server has failed once."""
        began, tried = time.monotonic(), self.mail.tries.get(mode, 0)
        for number in range(len(self.written), up_to):
            message = compose(number)
            self.written.append(message)
            self.waiting.put(message)
        if self.full < 2 and share >= (0.2, 0.6)[self.full]:
            self.full += 1
            seconds = 6.0 if self.posts < 1000 else 15.0
            self.seconds_full += seconds
            self.site.fill_disk(seconds)
        while self.done < up_to or not self.has_been(mode, began, tried):
            self.break_something()
            time.sleep(random.uniform(0.1, 0.3))

    def has_been(self, mode: str, began: float, tried: int) -> bool:
        """Whether the mail server was asked in this mode; without waiting for ever."""
        lasted = time.monotonic() - began
        if mode in ("fine", "down"):
            return mode == "fine" or lasted > 4
        return lasted > 40 or self.mail.tries.get(mode, 0) > tried

    def break_something(self) -> None:
        wanted = min(self.kills, 1 + self.kills * self.done * 1.05 / self.posts)
        if len(self.site.kills) < wanted:
            self.site.kill_one()
        if time.monotonic() - self.last_cut > 4:
            self.last_cut = time.monotonic()
            self.cuts += cut_connections()
        if time.monotonic() - self.last_word > 30:
            self.last_word = time.monotonic()
            say(
                f"{self.done} of {self.posts} written, {len(self.site.kills)} killed, mail server {self.mail.mode}"
            )

    def keep_writing(self, topic: int) -> None:
        while message := self.waiting.get():
            Citizen(self.site.port, topic).write(message)
            with self.lock:
                self.done += 1

    def wait_for_notices(self, recovered: float) -> None:
        from django.db import close_old_connections

        from outbox.models import OutgoingMail, State

        while time.time() < recovered + RECOVERY + 30:
            close_old_connections()
            if not OutgoingMail.objects.exclude(state=State.SENT).exists():
                return
            time.sleep(1)


def cut_connections() -> int:
    """End every connection of the site to its database, on PostgreSQL; the number of them."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def one(database: str, arguments: argparse.Namespace, folder: Path) -> Verdict:
    mail = MailServer()
    site = Site(folder, database, mail.start())
    os.environ.update(site.environment)
    site.mount_small_disk()
    try:
        say("a new site is made")
        site.start()
        import django

        django.setup()
        from contact.models import Topic, Unit

        Unit.objects.update(email="vahed@example.ir")
        topic = Topic.objects.filter(is_active=True, is_elsewhere=False, is_confidential=False).last()
        assert topic is not None
        campaign = Campaign(site, mail, arguments.posts, arguments.kills, arguments.citizens)
        began = time.time()
        recovered = campaign.run(topic.pk)
        say("all is well again; waiting for the notices")
        campaign.wait_for_notices(recovered)
        verdict = Verdict()
        written = campaign.written
        kinds = [kind for _at, kind in site.kills]
        verdict.figures |= {
            "posts": sum(message.posts for message in written),
            "posts cut off": sum(message.cuts for message in written),
            "posts answered by an error": sum(message.errors for message in written),
            "killed": len(site.kills),
            "killed by kind": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
            "database connections cut": campaign.cuts,
            "seconds without room for files": campaign.seconds_full,
            "how": "a small disk was full"
            if site.has_small_disk
            else "the error was injected where files are flushed",
            "mail server tried in each state": mail.tries,
            "seconds": round(recovered - began),
            "longest wait of a citizen (s)": round(max(message.seconds for message in written), 1),
        }
        on_messages(written, verdict)
        on_notices(mail.taken, recovered, site.kills, verdict)
        if len(site.kills) < arguments.kills:
            verdict.faults.append(f"only {len(site.kills)} processes were killed")
        if missing := [mode for mode in MODES if not mail.tries.get(mode) and mode != "down"]:
            verdict.faults.append(f"the mail server was never asked while {', '.join(missing)}")
        return verdict
    finally:
        site.stop()
        mail.stop()
        site.unmount_small_disk()
        if arguments.keep_log:
            Path(arguments.keep_log).write_bytes(site.log.read_bytes())


def child(arguments: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="hamyari-faults-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'db.sqlite3'}" if arguments.only == "sqlite" else arguments.database
        verdict = one(database, arguments, folder)
    print(
        RESULT + json.dumps({"figures": verdict.figures, "faults": verdict.faults}, ensure_ascii=False),
        flush=True,
    )
    return bool(verdict.faults)


def with_postgres(server: str, name: str, statement: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(server, autocommit=True, connect_timeout=5) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))  # type: ignore[arg-type]


def run(kind: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """One database's campaign in a process of its own; what it says is passed on."""
    name, server = f"hamyari_faults_{os.getpid()}", os.environ.get("DATABASE_URL") or LOCAL_SERVER
    if not server.startswith("postgres"):
        server = LOCAL_SERVER
    command = [
        sys.executable,
        "-m",
        "tools.faults",
        "--child",
        "--only",
        kind,
        "--posts",
        str(arguments.posts),
    ]
    command += ["--kills", str(arguments.kills), "--citizens", str(arguments.citizens)]
    if arguments.keep_log:
        command += ["--keep-log", f"{arguments.keep_log}.{kind}"]
    try:
        if kind == "postgresql":
            with_postgres(server, name, "CREATE DATABASE {}")
            command += ["--database", urlunsplit(urlsplit(server)._replace(path=f"/{name}"))]
        found: dict[str, Any] = {"figures": {}, "faults": ["the campaign stopped; its last lines are above"]}
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                if line.startswith(RESULT):
                    found = json.loads(line.removeprefix(RESULT))
                else:
                    say(f"{kind}: {line.rstrip()}")
        return found
    finally:
        if kind == "postgresql":
            with suppress(Exception):
                with_postgres(server, name, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def say(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help="a few minutes, both databases at once")
    parser.add_argument("--posts", type=int)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--citizens", type=int)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--keep-log", help="where the site's own log goes afterwards")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.posts = arguments.posts or (SHORT_POSTS if arguments.short else POSTS)
    arguments.kills = arguments.kills or (SHORT_KILLS if arguments.short else KILLS)
    arguments.citizens = arguments.citizens or (SHORT_CITIZENS if arguments.short else CITIZENS)
    if arguments.child:
        return child(arguments)
    kinds = [arguments.only] if arguments.only else ["sqlite", "postgresql"]
    results: dict[str, dict[str, Any]] = {}
    threads = [
        threading.Thread(target=lambda kind=kind: results.update({kind: run(kind, arguments)}))
        for kind in kinds
    ]
    for thread in threads:
        thread.start()
        if not arguments.short:
            thread.join()
    for thread in threads:
        thread.join()
    for kind, result in results.items():
        say(f"\n{kind}")
        for name, value in result["figures"].items():
            say(f"  {name}: {value}")
        for fault in result["faults"][:20]:
            say(f"  BROKEN: {fault}")
        if len(result["faults"]) > 20:
            say(f"  … and {len(result['faults']) - 20} more")
    target = ROOT / "var" / "faults.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    broken = len(results) < len(kinds) or any(result["faults"] for result in results.values())
    say("\nA promise was broken." if broken else "\nEvery promise was kept.")
    return int(broken)


if __name__ == "__main__":
    raise SystemExit(main())
