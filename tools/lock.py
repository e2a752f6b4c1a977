"""Refresh `requirements/*.txt`: one hashed lock for every platform and every Python that the project supports.

Usage: python tools/lock.py [--upgrade]. Without `--upgrade` what still fits stays as it is. Needs `uv` (requirements/dev.txt).
"""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each lock is complete by itself, and agrees with the smaller one before it.
LOCKS = {"base": None, "test": "base", "dev": "test"}


def main() -> int:
    uv = Path(sysconfig.get_path("scripts")) / "uv"
    env = {
        key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_INDEX", "UV_FIND"))
    }
    env["UV_CUSTOM_COMPILE_COMMAND"] = (
        "make lock"  # the header of the files must not hold this machine's paths
    )
    for name, smaller in LOCKS.items():
        command = [
            str(uv),
            "pip",
            "compile",
            "--quiet",
            "--no-config",
            "--universal",
            "--generate-hashes",
            "--python-version",
            "3.11",
        ]
        command += ["--constraint", "requirements/constraints.in"]
        command += ["--constraint", f"requirements/{smaller}.txt", "--group", name] if smaller else []
        command += [option for option in sys.argv[1:] if option == "--upgrade"]
        command += ["--output-file", f"requirements/{name}.txt", "pyproject.toml"]
        print(f"requirements/{name}.txt", flush=True)
        if code := subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode:
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
