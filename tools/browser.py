"""Make sure that the browser tests have a Chromium: the system's, else Debian's package, else Playwright's own.

Exit status 0 when one starts; 1, and loudly, when none could be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.chromium import launch_options, system_chromium

APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q"]


def say(message: str) -> None:
    print(f"      {message}", flush=True)


def starts() -> bool:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(**launch_options())
        except Error as error:
            if system_chromium():
                say(f"{system_chromium()} does not start: {str(error).splitlines()[0]}")
            return False
        say(f"Chromium {browser.version} ({system_chromium() or 'installed by Playwright'})")
        browser.close()
        return True


def attempt(*command: str, **env: str) -> bool:
    say(" ".join(command))
    return (
        subprocess.run(command, stdin=subprocess.DEVNULL, env={**os.environ, **env}, check=False).returncode
        == 0
    )


def from_debian() -> bool:
    """Debian only: on Ubuntu the package of this name is a stub for a snap."""
    release = Path("/etc/os-release")
    is_debian = release.exists() and "\nID=debian" in "\n" + release.read_text()
    if os.environ.get("CHROMIUM") or not (is_debian and shutil.which("apt-get") and os.geteuid() == 0):
        return False
    say("no Chromium here: installing Debian's (about 100 MB, some minutes)")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    return attempt(*APT, "update", **quiet) and attempt(
        *APT, "install", "--yes", "--no-install-recommends", "chromium", **quiet
    )


def from_playwright() -> bool:
    say("no Chromium here: letting Playwright fetch its own")
    needs = ["--with-deps"] if shutil.which("apt-get") and os.geteuid() == 0 else []
    return attempt(sys.executable, "-m", "playwright", "install", *needs, "chromium")


def main() -> int:
    if starts() or (from_debian() and starts()) or (not system_chromium() and from_playwright() and starts()):
        return 0
    print(
        "\n  MISSING: a Chromium that starts. The browser tests (marker `browser`) cannot run.\n"
        "  Install one (Debian: apt-get install chromium) or name it in the variable CHROMIUM.\n",
        file=sys.stderr,
        flush=True,
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
