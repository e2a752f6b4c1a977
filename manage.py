#!/usr/bin/env python
"""Django's command line for the Hamyari site."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamyari_site.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.DEBUG  # noqa: B018 - read them now: what the environment got wrong needs no traceback
    except (ImproperlyConfigured, OSError, ValueError) as problem:
        sys.exit(
            f"The settings cannot be used: {type(problem).__name__}: {problem}\n"
            "Check the environment and .env (.env.example lists every variable), and that DATA_DIR can be written."
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
