"""Keeps the site's processes running: starts them, starts them again when they die, stops them all together.

Each child leads a process group of its own, so that stopping it takes its children along and a Ctrl-C in the
terminal reaches only the supervisor, which then asks politely. One thread, no locks: output, deaths and
signals all arrive at one selector.
"""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import IO

GRACE = 10.0  # seconds between asking a child to stop and making it
HEALTHY = 60.0  # seconds after which a child's earlier deaths are forgiven
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a dead child is started again, doubling
LONGEST_LINE = 16 * 1024  # bytes of one line of a child's output

PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One process to keep running.

    `delay` holds back its first start (seconds). `death_signal` is what the kernel sends it when the
    supervisor is killed without a chance to stop it (Linux only).
    """

    name: str
    command: Sequence[str]
    delay: float = 0.0
    death_signal: int = signal.SIGKILL
    pass_fds: tuple[int, ...] = ()
    env: dict[str, str] = field(default_factory=dict)

    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False, repr=False)
    started: float = field(default=0.0, init=False)
    next_start: float = field(default=0.0, init=False)
    pause: float = field(default=0.0, init=False)
    rest: bytes = field(default=b"", init=False, repr=False)


class Supervisor:
    """Runs children until it is told to stop by TERM, INT or HUP.

    `on_tick` is called about once a second while all runs. `write` takes whole lines of output.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        cwd: str | os.PathLike[str] | None = None,
        grace: float = GRACE,
        first_pause: float = FIRST_PAUSE,
        on_tick: Callable[[], None] = lambda: None,
        write: Callable[[str], None] | None = None,
    ) -> None:
        self.children = list(children)
        self.cwd = cwd
        self.grace = grace
        self.first_pause = first_pause
        self.on_tick = on_tick
        self.write = write or write_line
        self.stopping = False
        self.hurry = False
        self.selector = selectors.DefaultSelector()
        self.width = max((len(child.name) for child in self.children), default=0)

    def run(self) -> None:
        """Supervise until asked to stop; returns when every child and its whole group is gone."""
        reading, writing = os.pipe()
        for end in (reading, writing):
            os.set_blocking(end, False)
        self.selector.register(reading, selectors.EVENT_READ, None)
        old_wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        numbers = [signal.SIGTERM, signal.SIGINT, signal.SIGCHLD]
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup keeps its promise
            numbers.append(signal.SIGHUP)
        old_handlers = {number: signal.signal(number, self._on_signal) for number in numbers}
        try:
            now = monotonic()
            for child in self.children:
                child.next_start = now + child.delay
            while not self.stopping:
                self._start_due()
                self._listen(self._patience())
                self._bury_dead()
                self.on_tick()
        finally:
            self._stop_all()
            signal.set_wakeup_fd(old_wakeup)
            for number, handler in old_handlers.items():
                signal.signal(number, handler)
            self.selector.close()
            os.close(reading)
            os.close(writing)

    def say(self, text: str) -> None:
        """A line of the supervisor's own."""
        self.write(f"{'serve':<{self.width}} | {text}")

    def _on_signal(self, number: int, frame: object) -> None:
        if number == signal.SIGCHLD:
            return
        # make passes a TERM of its own on, so only a second Ctrl-C means haste.
        self.hurry = self.hurry or (self.stopping and number == signal.SIGINT)
        self.stopping = True

    def _start_due(self) -> None:
        for child in self.children:
            if child.process is None and monotonic() >= child.next_start:
                self._start(child)

    def _start(self, child: Child) -> None:
        parent = os.getpid()

        def before_exec() -> None:
            # Runs in the child between fork and exec; the supervisor has no other thread that could hold a
            # lock.
            if _libc is not None:
                _libc.prctl(PR_SET_PDEATHSIG, int(child.death_signal))
                if os.getppid() != parent:  # the supervisor died before the line above
                    os._exit(1)

        child.started = monotonic()
        try:
            child.process = subprocess.Popen(  # noqa: S603 - our own commands
                child.command,
                cwd=self.cwd,
                env=os.environ | {"PYTHONUNBUFFERED": "1"} | child.env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=before_exec,
                pass_fds=child.pass_fds,
            )
        except OSError as problem:
            self._retire(child, f"could not be started: {problem}")
            return
        output = child.process.stdout
        assert output is not None  # noqa: S101 - asked for above
        os.set_blocking(output.fileno(), False)
        self.selector.register(output, selectors.EVENT_READ, child)

    def _patience(self) -> float:
        waiting = [child.next_start for child in self.children if child.process is None]
        return max(0.0, min([1.0, *(moment - monotonic() for moment in waiting)]))

    def _listen(self, timeout: float) -> None:
        for key, _ in self.selector.select(timeout):
            if isinstance(key.data, Child):
                self._read(key.data, key.fileobj)  # type: ignore[arg-type]
            else:
                with suppress(BlockingIOError):
                    os.read(key.fd, 4096)

    def _read(self, child: Child, output: "IO[bytes]") -> bool:
        """Pass on what a child wrote; False when there is nothing now."""
        try:
            data = os.read(output.fileno(), 65536)
        except BlockingIOError:
            return False
        if not data:  # the last holder of the pipe is gone
            self.selector.unregister(output)
            output.close()
        lines = (child.rest + data).split(b"\n")
        child.rest = lines.pop()
        if child.rest and (not data or len(child.rest) > LONGEST_LINE):
            lines.append(child.rest)
            child.rest = b""
        for line in lines:
            self.write(f"{child.name:<{self.width}} | {line.decode(errors='replace').rstrip()}")
        return bool(data)

    def _drain(self, child: Child) -> None:
        output = child.process.stdout if child.process else None
        if output is None or output.closed:
            return
        for _ in range(64):  # what a dead child wrote last; bounded, for a grandchild could go on writing
            if not self._read(child, output):
                break
        if not output.closed:
            self.selector.unregister(output)
            output.close()

    def _bury_dead(self) -> None:
        for child in self.children:
            if child.process is None or (code := child.process.poll()) is None:
                continue
            signal_group(child.process.pid, signal.SIGKILL)  # whatever it left behind in its group
            self._drain(child)
            child.process = None
            reason = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
            self._retire(child, reason)

    def _retire(self, child: Child, reason: str) -> None:
        lived = monotonic() - child.started
        child.pause = (
            self.first_pause if lived >= HEALTHY or not child.pause else min(child.pause * 2, LONGEST_PAUSE)
        )
        child.next_start = monotonic() + child.pause
        self.say(f"{child.name} {reason} after {lived:.0f} s; starting it again in {child.pause:g} s")

    def _stop_all(self) -> None:
        alive = [child for child in self.children if child.process is not None]
        if alive:
            self.say("stopping " + ", ".join(child.name for child in alive))
        for child in alive:
            signal_group(child.process.pid, signal.SIGTERM)  # type: ignore[union-attr]
        deadline = monotonic() + self.grace
        while alive and monotonic() < deadline and not self.hurry:
            self._listen(min(0.2, max(0.0, deadline - monotonic())))
            alive = [child for child in alive if child.process is not None and child.process.poll() is None]
        for child in alive:
            self.say(f"{child.name} did not stop in time and is killed")
        for child in self.children:
            if child.process is not None:
                signal_group(child.process.pid, signal.SIGKILL)
                child.process.wait()
                self._drain(child)
                child.process = None
        self.say("stopped")


def signal_group(group: int, number: int) -> None:
    """Signal a whole process group, which may be gone already."""
    # macOS answers EPERM for a group of zombies.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def write_line(text: str) -> None:
    """Print a line; a terminal that is gone must not take the site down."""
    with suppress(OSError, ValueError):
        print(text, flush=True)
