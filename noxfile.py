"""The suite on other versions than the locked pair: `nox -s newest` (see CONTRIBUTING.md).

`locked` is what is installed everywhere; `newest` looks ahead at the newest Django and Wagtail that pyproject.toml admits, on
the newest Python that this machine has. Words of the newest that have no Persian yet fail nothing: they are listed.
"""

import os
import shutil
import subprocess

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["locked"]

NEWEST_FIRST = ("3.14", "3.13", "3.12")  # Django 6 asks for 3.12


def newer_python() -> str | None:
    """Return the newest Python on the PATH that starts (a version manager's shim may not)."""
    for version in NEWEST_FIRST:
        path = shutil.which(f"python{version}")
        if path and subprocess.run([path, "-c", ""], capture_output=True, check=False).returncode == 0:
            return path
    return None


def suite(session: nox.Session, *options: str) -> None:
    """Run the suite with data of its own; words after `--` go to pytest."""
    env = {"DATA_DIR": os.path.join(session.create_tmp(), "var")}
    session.run(
        "python",
        "-c",
        "import django, sys, wagtail; print(sys.version.split()[0], django.__version__, wagtail.__version__)",
    )
    session.run("python", "manage.py", "build_messages", env=env)
    session.run("python", "manage.py", "makemigrations", "--check", "--dry-run", env=env)
    session.run("python", "-m", "pytest", "-n", "2", *options, *session.posargs, env=env)


@nox.session
def locked(session: nox.Session) -> None:
    """Django 5.2 and Wagtail 7.4 as locked, on the Python that runs nox."""
    session.install("--no-deps", "--require-hashes", "-r", "requirements/test.txt")
    suite(session)


# The overlay is in step with the locked pair. What it lacks for the newest is listed before the suite.
OF_THE_LOCKED_PAIR = [
    "--deselect=tests/test_admin_overlay.py::test_every_message_of_every_installed_application_is_persian",
    "--deselect=tests/test_admin_overlay.py::test_the_overlay_is_in_step_with_what_is_installed",
]
# What the locked pair knows no replacement for yet may be deprecated in the newest; it is shown, and fails nothing.
DEPRECATIONS = ["-W", "default::DeprecationWarning", "-W", "default::PendingDeprecationWarning"]


@nox.session(python=newer_python() or "3.12")
def newest(session: nox.Session) -> None:
    """The newest Django and Wagtail, not locked."""
    project = nox.project.load_toml("pyproject.toml")
    session.install("--upgrade", *project["project"]["dependencies"], *project["dependency-groups"]["test"])
    session.run("python", "-m", "pip", "list", "--format=freeze")
    session.run("python", "tools/overlay.py", "--check", success_codes=[0, 1])
    suite(session, *DEPRECATIONS, *OF_THE_LOCKED_PAIR)
