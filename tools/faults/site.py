"""The site as `make run` starts it, in a folder of its own, with its processes known by their parents, to be killed."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
#: The small disk that attachments lie on while it can be had; full when a file of ours fills it.
SMALL_DISK = "256m"


class Site:
    """`folder` is new and empty; `database` a DATABASE_URL; `mail_port` where our mail server listens."""

    def __init__(self, folder: Path, database: str, mail_port: int) -> None:
        self.folder = folder
        self.port = free_port()
        self.log = folder / "site.log"
        self.environment = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": database,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "CONTACT_MESSAGES_PER_HOUR": "1000000",
            "CACHE_URL": "locmemcache://faults",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "hamyari_site.settings",
        }
        self.disk = folder / "private"
        self.has_small_disk = False
        self.kills: list[tuple[float, str]] = []

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def start(self) -> None:
        self.output = self.log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=self.output,
            start_new_session=True,
        )
        until = time.monotonic() + 180
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the site did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.3)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.output.close()

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as asking:
            asking.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return b" 200 " in asking.recv(64)
        return False

    # --- Processes ---

    def processes(self) -> dict[str, list[int]]:
        """The living processes of this very site by what they are: web workers, gunicorn, worker, scheduler."""
        found: dict[str, list[int]] = {"web worker": [], "web server": [], "task worker": [], "scheduler": []}
        for child in children_of(self.process.pid):
            command = command_of(child)
            if "gunicorn" in command:
                found["web server"].append(child)
                found["web worker"] += children_of(child)
            elif "db_worker" in command:
                found["task worker"].append(child)
            elif "scheduler" in command:
                found["scheduler"].append(child)
        return found

    def kill_one(self) -> str:
        """`kill -9` for one process: mostly a web worker, often the task worker; "" when there is none just now."""
        living = self.processes()
        kinds = ["web worker"] * 14 + ["task worker"] * 4 + ["scheduler"] + ["web server"]
        kind = random.choice(kinds)
        if not living[kind]:
            kind = "web worker"
        if not living[kind]:
            return ""
        with suppress(ProcessLookupError):
            os.kill(random.choice(living[kind]), signal.SIGKILL)
            self.kills.append((time.time(), kind))
            return kind
        return ""

    # --- The disk that attachments lie on ---

    def mount_small_disk(self) -> None:
        """Put a small disk in the place of the folder, where this user and this machine allow it."""
        self.disk.mkdir(mode=0o700, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK},mode=0700", "tmpfs", str(self.disk)]
        with suppress(OSError):
            self.has_small_disk = subprocess.run(command, capture_output=True).returncode == 0
        if not self.has_small_disk:
            self.environment |= {
                "PYTHONPATH": str(ROOT / "tools" / "faults" / "injected"),
                "FAULTS_DISK": str(self.disk),
                "FAULTS_FULL": str(self.folder / "full"),
            }

    def unmount_small_disk(self) -> None:
        if self.has_small_disk:
            subprocess.run(["umount", "-l", str(self.disk)], capture_output=True)

    def fill_disk(self, seconds: float) -> None:
        """Leave no room for attachments for so long: a full disk, or else the same error injected where files are flushed."""
        fill = self._fill if self.has_small_disk else self._pretend
        threading.Thread(target=fill, args=(seconds,), daemon=True).start()

    def _fill(self, seconds: float) -> None:
        filler, until, size = self.disk / "filler", time.monotonic() + seconds, 4 * 1024 * 1024
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            while time.monotonic() < until:
                try:
                    file.write(b"\0" * size)
                except OSError:  # full, as it should be; whatever becomes free is taken again
                    size = 4096
                    time.sleep(0.02)
        filler.unlink(missing_ok=True)

    def _pretend(self, seconds: float) -> None:
        flag = self.folder / "full"
        flag.touch()
        time.sleep(seconds)
        flag.unlink(missing_ok=True)


def children_of(pid: int) -> list[int]:
    with suppress(OSError):
        threads = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    return []


def command_of(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
