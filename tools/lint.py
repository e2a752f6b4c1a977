"""Run every check that needs no test: `python tools/lint.py`; with `--fix`, the formatters instead.

Checks go on after a failure, so that one run names everything. Words after the options choose steps by their names.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
RUFF = [PYTHON, "-m", "ruff"]
NPX = ["npm", "exec", "--offline", "--no", "--"]
STYLELINT = [*NPX, "stylelint", "{static,persian/static}/**/*.css"]
ESLINT = [*NPX, "eslint", "static/js", "persian/static", "--no-error-on-unmatched-pattern"]

CHECKS = {
    "ruff check": [*RUFF, "check", "--quiet", "--output-format", "concise"],
    "ruff format": [*RUFF, "format", "--check", "--quiet"],
    "djlint": [PYTHON, "-m", "djlint", "templates", "persian/templates", "--lint", "--quiet"],
    "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "stylelint": STYLELINT,
    "eslint": ESLINT,
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "check --deploy": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "translations": [PYTHON, "tools/messages.py", "--check"],
    "overlay": [PYTHON, "tools/overlay.py", "--check"],
    "Persian words": [PYTHON, "tools/persian_words.py"],
}
FORMATTERS = {
    "ruff check": [*RUFF, "check", "--fix", "--quiet"],
    "ruff format": [*RUFF, "format", "--quiet"],
    "stylelint": [*STYLELINT, "--fix"],
    "eslint": [*ESLINT, "--fix"],
}
PRODUCTION = {
    "SITE_URL": "https://www.example.ir",
    "SECRET_KEY": "a stand-in for the check only: 5cU0mJYgmB3vGZlB9n2mC1kqkQ7H6Lx8",
    "EMAIL_URL": "smtp://mail.example.ir:587",
}


def environment(name: str, data_dir: str) -> dict[str, str]:
    """Neither a checker's own settings nor the developer's data have a say, and nothing is left behind."""
    ours = (
        "DEBUG",
        "SITE_URL",
        "DATABASE_URL",
        "CACHE_URL",
        "REDIS_URL",
        "EMAIL_URL",
        "DJANGO_SETTINGS_MODULE",
    )
    env = {key: value for key, value in os.environ.items() if key not in ours}
    env |= {"DATA_DIR": data_dir, "PYTHONPATH": str(ROOT)}
    return env | PRODUCTION if name == "check --deploy" else env


def install_node_packages() -> str:
    """Install what package-lock.json says, when it changed; return what is missing, if anything."""
    if not shutil.which("npm"):
        return "Node.js with npm is missing (Debian: apt-get install nodejs npm): stylesheets and scripts cannot be checked."
    digest = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = ROOT / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == digest:
        return ""
    print("      npm ci", flush=True)
    command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error"]
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        return "npm could not install the linters of package-lock.json."
    stamp.write_text(digest)
    return ""


def run(name: str, command: list[str], data_dir: str) -> bool:
    began = time.monotonic()
    try:
        result = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(name, data_dir),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        failed, output = result.returncode != 0, result.stdout
    except OSError as error:
        failed, output = True, str(error)
    print(f"  {'FAILED' if failed else 'ok    '} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if failed:
        print("\n".join(f"      {line}" for line in output.strip().splitlines()), flush=True)
    return not failed


def main() -> int:
    steps = FORMATTERS if "--fix" in sys.argv else CHECKS
    if chosen := [word for word in sys.argv[1:] if not word.startswith("--")]:
        steps = {name: command for name, command in steps.items() if any(word in name for word in chosen)}
    bad = []
    if any("npm" in command for command in steps.values()) and (missing := install_node_packages()):
        print(f"  FAILED {missing}", flush=True)
        bad.append("Node")
        steps = {name: command for name, command in steps.items() if "npm" not in command}
    with tempfile.TemporaryDirectory() as data_dir:
        bad += [name for name, command in steps.items() if not run(name, command, data_dir)]
    print(f"\n{'FAILED: ' + ', '.join(bad) if bad else 'All clean.'}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
