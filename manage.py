#!/usr/bin/env python
"""Django's command line for the Hamyari site."""

import os
import sys


def main() -> None:
    os.umask(0o027)  # what the site writes holds citizens' words: nobody else on the machine reads it
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamyari_site.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.DEBUG  # noqa: B018 - read them now: what the environment got wrong needs no traceback
    except (ImproperlyConfigured, OSError, ValueError) as problem:
        sys.exit(
            f"The settings cannot be used: {problem}\n"
            "Check the environment and .env (.env.example lists every variable): numbers such as PORT, addresses such as "
            "SITE_URL and DATABASE_URL, and that DATA_DIR is a folder that can be written."
        )
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
