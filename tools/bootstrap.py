"""Everything `make` does before the project's own code can run: a Python, a virtual environment, the locked packages.

Usage: bootstrap.py run|test|test-long|test-faults|test-security|dev|bench|lint|format|messages|migrations|lock

Standard library only, and written so that an old Python can read it: it must start there to say that it is too old.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
# Each lock holds the ones before it (tools/lock.py), so installing one counts for those too.
LOCKS = ("base", "test", "dev")


def stop(message):
    sys.stdout.flush()
    sys.stderr.write("\n" + message.strip() + "\n")
    raise SystemExit(1)


def say(message):
    print(message, flush=True)


# ---------------------------------------------------------------------------------------------------- a new enough Python


def version_of(python):
    """Return (major, minor) of an interpreter, or None when it does not start (a version manager's shim, say)."""
    try:
        out = subprocess.check_output(
            [python, "-c", "import sys; print(*sys.version_info[:2])"],
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        major, minor = out.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def use_new_enough_python():
    """Start again under a newer Python when this one is too old; say plainly when there is none."""
    if sys.version_info[:2] >= OLDEST:
        return
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        found = version_of(name)
        if found and found >= OLDEST:
            os.execvp(name, [name] + [os.path.abspath(__file__)] + sys.argv[1:])
    stop(
        "Python 3.11 or newer is needed, and only Python %d.%d was found.\n"
        "Install a newer one beside it (Debian, Ubuntu: apt-get install python3.11 python3.11-venv) and run the command again."
        % sys.version_info[:2]
    )


# ---------------------------------------------------------------------------------------------------- the environment


def one_at_a_time():
    """Two `make`s in one folder take turns here; the lock ends with this process or when it becomes another program."""
    import fcntl

    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say("Another make is preparing the environment; waiting for it ...")
        fcntl.flock(folder, fcntl.LOCK_EX)
    return folder


def make_venv():
    probe = "import pip, sys; sys.exit(sys.version_info[:2] < (%d, %d))" % OLDEST
    if os.path.exists(VENV_PYTHON):
        if (
            subprocess.call([VENV_PYTHON, "-c", probe], stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            == 0
        ):
            return
        say("      .venv is broken or too old: it is made anew")
    try:
        import ensurepip  # noqa: F401  (Debian keeps it in a package of its own)
        import venv  # noqa: F401
    except ImportError:
        stop(
            "This Python (%s) cannot make virtual environments: its venv module is missing.\n"
            "On Debian and Ubuntu: apt-get install python3-venv (or python%d.%d-venv), then run the command again."
            % ((sys.executable,) + sys.version_info[:2])
        )
    if run_with_sign_of_life([sys.executable, "-m", "venv", "--clear", VENV], shown=None):
        stop(
            "The virtual environment could not be made in %s. Is the disk full, or the folder read-only?"
            % VENV
        )


def run_with_sign_of_life(command, shown, **options):
    """Run a command with its output kept back; `shown(line)` may return what to print. Never silent for over 10 seconds.

    Returns the exit status; when that is not 0, the end of what was kept back is printed.
    """
    import threading
    import time

    kept = []
    began = time.time()
    last = [began]
    done = threading.Event()

    def sign_of_life():
        while not done.wait(1):
            if time.time() - last[0] > 10:
                say("      ... still working (%d s)" % (time.time() - began))
                last[0] = time.time()

    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **options,
    )
    threading.Thread(target=sign_of_life, daemon=True).start()
    try:
        for raw in process.stdout:
            line = raw.decode("utf-8", "replace").rstrip()
            kept.append(line)
            text = shown(line) if shown else None
            if text:
                say(text)
                last[0] = time.time()
        status = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        done.set()
    if status:
        say("\n".join("      | " + line for line in kept[-30:]))
    return status


def digest(name):
    """What was installed: the lock, and the Python it was installed for."""
    import hashlib

    version = "%d.%d" % version_of(VENV_PYTHON)

    with open(os.path.join(ROOT, "requirements", name + ".txt"), "rb") as lock:
        return hashlib.sha256(lock.read()).hexdigest() + " " + version + "\n"


def stamp(name):
    return os.path.join(VENV, ".installed-" + name)


def is_installed(name):
    try:
        with open(stamp(name)) as file:
            return file.read() == digest(name)
    except OSError:
        return False


def expected_packages(name):
    """How many packages the lock will bring here, near enough for a progress line."""
    with open(os.path.join(ROOT, "requirements", name + ".txt")) as lock:
        lines = [line for line in lock if "==" in line and not line.startswith((" ", "#"))]
    return len({line.split("==")[0] for line in lines if "win32" not in line and "_version <" not in line})


def install(name):
    seen = []
    total = expected_packages(name)

    def shown(line):
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            package = (
                line.replace("Requirement already satisfied: ", "").replace("Collecting ", "").split(" ")[0]
            )
            seen.append(package)
            return "      %2d/%d %s" % (min(len(seen), total), total, package.replace("==", " "))
        if line.startswith("Installing collected packages"):
            return "      all there; unpacking them (half a minute or so)"
        if line.startswith("ERROR"):
            return "      " + line
        return None

    # Mirrors and proxies set for pip are kept; settings that would install elsewhere are not.
    env = {
        k: v
        for k, v in os.environ.items()
        if k not in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH")
    }
    command = [
        VENV_PYTHON,
        "-m",
        "pip",
        "install",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar",
        "off",
    ]
    # A lock names everything, so pip need not look for dependencies. Left to look, it takes a name with an extra, such as
    # "coverage[toml]", for another package than the one that the lock holds, and refuses it as soon as a newer one is out.
    command += ["--no-deps", "--require-hashes", "-r", os.path.join("requirements", name + ".txt")]
    if run_with_sign_of_life(command, shown, env=env):
        stop(
            "The packages could not be installed; pip's last lines are above.\n"
            "Usual reasons: no network (pip's own settings for mirrors and proxies are honoured), or a full disk.\n"
            "Nothing is lost: the same command goes on where this one stopped."
        )
    for lock in LOCKS[: LOCKS.index(name) + 1]:
        with open(stamp(lock), "w") as file:
            file.write(digest(lock))


def prepare(name, steps):
    """Make the environment hold the lock `name`; `steps` is the number of steps the caller will number in all."""
    lock = one_at_a_time()
    say("[1/%d] Python %d.%d.%d (%s)" % ((steps,) + sys.version_info[:3] + (sys.executable,)))
    make_venv()
    if is_installed(name):
        say("[2/%d] The packages of requirements/%s.txt are in .venv" % (steps, name))
    else:
        say(
            "[2/%d] Installing the packages of requirements/%s.txt into .venv (hashes checked)"
            % (steps, name)
        )
        install(name)
    os.close(lock)


# ---------------------------------------------------------------------------------------------------- the commands


def become(*arguments, **env):
    """Turn into the project's own Python, so that signals reach it with nothing in between."""
    os.chdir(ROOT)
    os.environ.update(env)
    sys.stdout.flush()
    os.execv(VENV_PYTHON, [VENV_PYTHON] + list(arguments))


def extra():
    import shlex

    return shlex.split(os.environ.get("ARGS", ""))


def run():
    prepare("base", 3)
    say("[3/3] Starting the site")
    become("manage.py", "serve")


def dev():
    prepare("base", 3)
    say("[3/3] Starting the development server")
    become("manage.py", "serve", "--dev")


def test():
    prepare("test", 5)
    say("[3/5] Looking for a browser")
    browser = subprocess.call([VENV_PYTHON, os.path.join(ROOT, "tools", "browser.py")])
    if browser and os.environ.get("CI", "").lower() == "true":
        stop("CI=true: nothing may be left out for being missing.")
    say("[4/5] Building the translations")
    if subprocess.call([VENV_PYTHON, "manage.py", "build_messages"], cwd=ROOT, stdin=subprocess.DEVNULL):
        stop("The translations could not be built.")
    say("[5/5] Running the suite")
    parallel = ("-n", os.environ.get("WORKERS", "auto"))
    become("-m", "pytest", *parallel, "-m", "not long", "--cov", "--cov-report=term", *extra())


def test_long():
    prepare("test", 4)
    say("[3/4] Building the translations")
    if subprocess.call([VENV_PYTHON, "manage.py", "build_messages"], cwd=ROOT, stdin=subprocess.DEVNULL):
        stop("The translations could not be built.")
    say("[4/4] The longest tests (some minutes)")
    become("-m", "pytest", "-n", os.environ.get("WORKERS", "auto"), "--no-cov", "-m", "long", *extra())


def bench():
    prepare("base", 3)
    say("[3/3] Measuring (some minutes)")
    become("tools/bench.py", *extra())


def test_faults():
    prepare("base", 3)
    say("[3/3] The fault campaign (about an hour; ARGS=--short for some minutes)")
    become("-m", "tools.faults", *extra())


def test_security():
    prepare("test", 4)
    say("[3/4] Building the translations")
    if subprocess.call([VENV_PYTHON, "manage.py", "build_messages"], cwd=ROOT, stdin=subprocess.DEVNULL):
        stop("The translations could not be built.")
    say("[4/4] The attacks, in their long form (some minutes)")
    os.environ.setdefault("GUESSES", "100000")
    os.environ.setdefault("WALK", "full")
    become("-m", "pytest", "--no-cov", "-s", "-m", "security", *extra())


def lint():
    prepare("dev", 3)
    say("[3/3] Checking")
    become("tools/lint.py", *extra())


def format_():
    prepare("dev", 3)
    say("[3/3] Formatting")
    become("tools/lint.py", "--fix")


def messages():
    prepare("dev", 3)
    say("[3/3] Collecting the words of the code")
    become("tools/messages.py")


def migrations():
    prepare("base", 3)
    say("[3/3] Writing migrations")
    become("manage.py", "makemigrations", *extra())


def lock():
    prepare("dev", 3)
    say("[3/3] Resolving")
    become("tools/lock.py", *extra())


COMMANDS = {
    "run": run,
    "test": test,
    "dev": dev,
    "bench": bench,
    "test-faults": test_faults,
    "test-long": test_long,
    "test-security": test_security,
    "lint": lint,
    "format": format_,
    "messages": messages,
    "migrations": migrations,
    "lock": lock,
}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        stop(__doc__)
    use_new_enough_python()
    try:
        COMMANDS[sys.argv[1]]()
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on where this one left off.")
        raise SystemExit(130)


if __name__ == "__main__":
    main()
