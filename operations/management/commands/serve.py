import os
import signal
import socket
import sys
from contextlib import ExitStack
from time import monotonic
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from operations import first_admin, preflight
from operations.site_lock import SiteInUseError, hold_to_serve
from operations.startup import Terminal, prepare
from operations.supervisor import Child, Supervisor


class Command(BaseCommand):
    help = (
        "Prepare the site (database, static files, first content) and run it: web, task worker and scheduler."
    )
    requires_system_checks: list[str] = []  # they are a step of the start, with plainer words

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dev", action="store_true", help="autoreload, DEBUG on, e-mail to the console")
        parser.add_argument("--prepare", action="store_true", help="do all but serve")

    def handle(self, *args: Any, **options: Any) -> None:
        self.terminal = Terminal(self.stdout)
        began = monotonic()
        host, port = settings.HOST, settings.PORT
        with ExitStack() as stack:
            try:
                found = None
                if not options["prepare"]:
                    found = stack.enter_context(preflight.claim_port(host, port))
                preflight.make_folders()
                stack.enter_context(hold_to_serve())
                prepare(self.terminal, static=not options["dev"])
                if found is None:
                    return
                if not options["dev"]:
                    preflight.listen(found, host, port)
            except preflight.StartupError as problem:
                self.refuse(str(problem))
            except SiteInUseError as problem:
                self.refuse(f"{problem}\nStop that one first, or wait until it is done.")
            link = first_admin.make_link(self.own_address()) if first_admin.is_needed() else ""
            connections.close_all()
            if options["dev"]:
                found.close()
            children = self.dev_children(host, port) if options["dev"] else self.children(found.fileno())
            self.supervise(children, began, link)

    def refuse(self, reason: str) -> NoReturn:
        """Say why the site does not start, in so many words, and end with status 1."""
        self.stdout.flush()
        self.stderr.write(f"\nThe site was not started.\n{reason}\n")
        raise SystemExit(1)

    def own_address(self) -> str:
        """Where the keeper's browser finds the site: SITE_URL when that is a public address, else host and port."""
        if settings.SITE_URL.startswith("https://"):
            return str(settings.SITE_URL)
        host = {"0.0.0.0": "127.0.0.1", "::": "127.0.0.1"}.get(settings.HOST, settings.HOST)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{settings.PORT}"

    def children(self, listener: int) -> list[Child]:
        """The processes of a real site. They start one after another, for two cores only do so much at once."""
        module, _, name = settings.WSGI_APPLICATION.rpartition(".")
        web = [
            *(sys.executable, "-m", "gunicorn", "--config", "python:operations.gunicorn_conf"),
            *("--bind", f"fd://{listener}", f"{module}:{name}"),
        ]
        return [
            # A gunicorn that is killed outright leaves its workers to find out by themselves; TERM takes them
            # along.
            Child("web", web, pass_fds=(listener,), death_signal=signal.SIGTERM),
            *self.background(delay=2.0),
        ]

    def dev_children(self, host: str, port: int) -> list[Child]:
        """The processes of a developer's site: Django's own server, which reloads what changes."""
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        environment = {"DEBUG": "1", "EMAIL_URL": "consolemail://"}
        # The reloader runs the server as its child, and takes it along only when it is asked to stop.
        children = [
            Child("web", manage("runserver", address), death_signal=signal.SIGTERM),
            *self.background(delay=2.0),
        ]
        for child in children:
            child.env = environment
            child.death_signal = signal.SIGTERM
        return children

    def background(self, delay: float) -> list[Child]:
        """The task worker and the scheduler."""
        worker = manage("db_worker", "--backend", "outbox", "--queue-name", "*", "--interval", "1")
        return [
            Child("worker", worker, delay=delay),
            Child("scheduler", manage("scheduler"), delay=delay + 0.5),
        ]

    def supervise(self, children: list[Child], began: float, link: str) -> None:
        """Run the children, and print the address as soon as the site answers."""
        announced = False

        def announce() -> None:
            nonlocal announced
            if not announced and answers(settings.HOST, settings.PORT):
                announced = True
                self.announce(monotonic() - began, link)

        self.terminal.say("  .. starting the web server, the task worker and the scheduler")
        Supervisor(children, cwd=settings.BASE_DIR, on_tick=announce).run()

    def announce(self, seconds: float, link: str) -> None:
        """The address, and the way to the first account while there is none."""
        address = self.own_address()
        lines = [
            "",
            f"The site is up (after {seconds:.0f} s):  {address}/",
            f"The admin is at:  {address}/admin/",
        ]
        if link:
            lines += [
                "",
                "There is no administrator yet. Open this address to make the first one (works once, for 24 hours):",
                f"  {link}",
            ]
        self.terminal.say("\n".join([*lines, "", "Ctrl-C stops it.", ""]))


def manage(*arguments: str) -> list[str]:
    """A management command as a process of its own."""
    return [sys.executable, os.path.join(settings.BASE_DIR, "manage.py"), *arguments]


def answers(host: str, port: int) -> bool:
    """Whether the web server answers with HTTP, whatever it says."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    name = urlsplit(settings.SITE_URL).hostname or "localhost"
    try:
        with socket.create_connection((target, port), timeout=0.5) as asking:
            asking.sendall(f"GET /healthz HTTP/1.0\r\nHost: {name}\r\n\r\n".encode())
            return asking.recv(5) == b"HTTP/"
    except OSError:
        return False
