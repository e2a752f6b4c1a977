"""Where this machine keeps a Chromium for the browser tests. Standard library only: `tools/browser.py` asks it too."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def system_chromium() -> str | None:
    """Return the path of the system's Chromium (or of `CHROMIUM`), or None: then Playwright's own must be there."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch_options() -> dict:
    """Return Playwright's launch arguments: no sandbox for root, and no browser traffic of its own."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    options: dict = {"args": arguments}
    if path := system_chromium():
        options["executable_path"] = path
    return options
