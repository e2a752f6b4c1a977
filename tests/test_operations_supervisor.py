"""The supervisor keeps its children running, stops them all, and leaves nobody behind: real processes, real signals."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Each fake child writes its process id into a file, so that a test can look for it and kill it.
STEADY = """
    import os, sys, time
    open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
    print("I am here", flush=True)
    time.sleep(600)
"""
STUBBORN = (
    """
    import signal
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
"""
    + STEADY
)
PARENT = """
    import os, subprocess, sys, time
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    open(sys.argv[1], "a").write(f"{child.pid}\\n{os.getpid()}\\n")
    print("we are two", flush=True)
    time.sleep(600)
"""
SHORT_LIVED = """
    import os, sys
    open(sys.argv[1], "a").write(f"{os.getpid()}\\n")
    print("I go again", end="")
"""


def eventually(condition, seconds=10.0):
    """Wait until a condition holds, and return what it found."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    pytest.fail("it did not happen in time")


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Site:
    """A supervisor of fake children, in a process of its own."""

    def __init__(self, folder, grace, children):
        self.folder = folder
        lines = [
            f"Child({name!r}, [sys.executable, '-c', {textwrap.dedent(code)!r}, {str(folder / name)!r}])"
            for name, code in children.items()
        ]
        script = (
            "import sys\n"
            "from operations.supervisor import Child, Supervisor\n"
            f"Supervisor([{', '.join(lines)}], grace={grace}, first_pause=0.1).run()\n"
        )
        self.output = folder / "output"
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", script], cwd=ROOT, stdout=output, stderr=subprocess.STDOUT
            )

    def pids(self, name, count=1):
        """The ids that the child of this name has had so far, at least `count` of them."""

        def read():
            path = self.folder / name
            lines = path.read_text().splitlines() if path.exists() else []
            return [int(line) for line in lines] if len(lines) >= count else None

        return eventually(read)

    def said(self, text):
        return text in self.output.read_text()


@pytest.fixture
def site(tmp_path):
    made = []

    def start(grace=5.0, **children):
        made.append(Site(tmp_path, grace, children))
        return made[-1]

    yield start
    for one in made:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


def test_a_child_that_dies_is_started_again_and_the_others_do_not_notice(site):
    running = site(web=STEADY, worker=STEADY)
    (web,) = running.pids("web")
    (worker,) = running.pids("worker")

    os.kill(worker, signal.SIGKILL)

    _, second = running.pids("worker", count=2)
    assert alive(second)
    assert alive(web)
    assert running.pids("web") == [web]
    eventually(lambda: running.said("worker was ended by SIGKILL"))


def test_what_a_dead_child_left_in_its_group_is_cleared_away(site):
    running = site(web=PARENT)
    grandchild, child = running.pids("web", count=2)

    os.kill(child, signal.SIGKILL)

    eventually(lambda: not alive(grandchild))


def test_the_pause_before_a_new_start_doubles(site):
    running = site(worker=SHORT_LIVED)
    eventually(lambda: running.said("starting it again in 0.4 s"))
    output = running.output.read_text()
    assert output.index("again in 0.1 s") < output.index("again in 0.2 s") < output.index("again in 0.4 s")
    assert "worker | I go again\n" in output, "a last line without its end is passed on"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_stops_everybody_in_an_orderly_way(site, number):
    running = site(web=PARENT, worker=STEADY, scheduler=STEADY)
    everybody = [*running.pids("web", count=2), *running.pids("worker"), *running.pids("scheduler")]

    running.process.send_signal(number)

    assert running.process.wait(timeout=8) == 0
    assert not any(alive(pid) for pid in everybody)
    assert running.said("stopping web, worker, scheduler")
    assert not running.said("is killed")


def test_a_child_that_will_not_stop_is_killed_when_its_time_is_up(site):
    running = site(grace=0.5, worker=STUBBORN)
    (worker,) = running.pids("worker")
    eventually(lambda: running.said("I am here"))
    began = time.monotonic()

    running.process.send_signal(signal.SIGTERM)
    # make passes on what the whole group got already: a second TERM is no request for haste.
    running.process.send_signal(signal.SIGTERM)

    assert running.process.wait(timeout=8) == 0
    assert time.monotonic() - began >= 0.5
    assert not alive(worker)
    assert running.said("worker did not stop in time and is killed")


def test_a_second_control_c_does_not_wait(site):
    running = site(grace=60, worker=STUBBORN)
    running.pids("worker")
    eventually(lambda: running.said("I am here"))

    running.process.send_signal(signal.SIGINT)
    eventually(lambda: running.said("stopping worker"))
    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(timeout=8) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_a_supervisor_that_is_killed_leaves_no_orphans(site):
    running = site(web=STEADY, worker=STUBBORN)
    everybody = running.pids("web") + running.pids("worker")
    eventually(lambda: running.said("I am here"))

    running.process.kill()

    eventually(lambda: not any(alive(pid) for pid in everybody))


def test_a_command_that_does_not_exist_is_said_and_tried_again(tmp_path):
    from operations.supervisor import Child, Supervisor

    said = []
    supervisor = Supervisor([Child("web", [str(tmp_path / "missing")])], first_pause=0.05, write=said.append)

    def stop_after_two():
        supervisor.stopping = sum("could not be started" in line for line in said) >= 2

    supervisor.on_tick = stop_after_two
    supervisor.run()

    assert "starting it again in 0.1 s" in said[1]
    assert said[-1].endswith("stopped")


def python(code, *arguments):
    return [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]


def test_output_deaths_and_the_end_as_one_process_sees_them(tmp_path):
    from operations.supervisor import Child, Supervisor

    said = []
    children = [
        Child("web", python(STUBBORN, tmp_path / "web"), death_signal=signal.SIGTERM),
        Child("worker", python(SHORT_LIVED, tmp_path / "worker"), delay=0.1, env={"COLOUR": "none"}),
        Child("late", python(STEADY, tmp_path / "late"), delay=3600),
    ]
    supervisor = Supervisor(children, cwd=ROOT, grace=0.2, first_pause=0.1, write=said.append)
    deadline = time.monotonic() + 20

    def stop_when_all_was_seen():
        again = sum("worker ended with status 0" in line for line in said) >= 2
        if (again and any("I am here" in line for line in said)) or time.monotonic() > deadline:
            os.kill(os.getpid(), signal.SIGTERM)

    supervisor.on_tick = stop_when_all_was_seen
    before = signal.getsignal(signal.SIGTERM)
    supervisor.run()

    assert "web    | I am here" in said
    assert "worker | I go again" in said
    assert "serve  | web did not stop in time and is killed" in said
    assert not (tmp_path / "late").exists()
    assert signal.getsignal(signal.SIGTERM) == before
    assert not alive(int((tmp_path / "web").read_text()))


def test_an_endless_line_is_passed_on_in_pieces(tmp_path):
    from operations.supervisor import LONGEST_LINE, Child, Supervisor

    said = []
    endless = "import sys, time\nsys.stdout.write('x' * 100_000); sys.stdout.flush(); time.sleep(600)"
    supervisor = Supervisor([Child("web", python(endless))], write=said.append)
    supervisor.on_tick = lambda: setattr(supervisor, "stopping", sum(map(len, said)) > 2 * LONGEST_LINE)
    supervisor.run()
    assert all(len(line) < 200_000 for line in said)


def test_a_terminal_that_is_gone_is_no_reason_to_stop(monkeypatch):
    from operations.supervisor import write_line

    class Gone:
        def write(self, text):
            raise BrokenPipeError

        flush = write

    monkeypatch.setattr(sys, "stdout", Gone())
    write_line("nobody reads this")
