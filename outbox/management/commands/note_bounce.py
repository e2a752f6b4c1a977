import sys
from typing import Any

from django.core.management.base import BaseCommand

from outbox.bounces import LARGEST, note


class Command(BaseCommand):
    help = "Read a mail server's report that an e-mail came back, from the standard input, and note it."

    def handle(self, *args: Any, **options: Any) -> None:
        mail = note(sys.stdin.buffer.read(LARGEST))
        self.stdout.write(f"E-mail {mail.pk} came back." if mail else "No e-mail of this site came back.")
