"""Who of the staff is written to about a case: whoever has it and stands in, else its unit."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Site

from contact.models import Absence, Message
from pages.models import ContactDetails

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Recipients:
    """Today's addresses: two queries, whatever is asked of it afterwards. `fallback` is the address of the whole unit."""

    fallback: str = ""
    #: The addresses of those who stand in today, by the key of whoever is away.
    stand_ins: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def today(cls, day: datetime.date | None = None) -> "Recipients":
        site = Site.objects.filter(is_default_site=True).first()
        leaves = Absence.objects.on(day or timezone.localdate()).filter(stand_in__is_active=True)
        stand_ins: dict[int, list[str]] = {}
        for user, address in leaves.exclude(stand_in__email="").values_list("user", "stand_in__email"):
            stand_ins.setdefault(user, []).append(address)
        return cls(ContactDetails.for_site(site).email if site else "", stand_ins)

    def of_colleague(self, user: Any) -> list[str]:
        """The colleague's address and those of today's stand-ins; nothing for somebody who left."""
        if user is None or not user.is_active:
            return []
        return [
            address for address in dict.fromkeys([user.email, *self.stand_ins.get(user.pk, ())]) if address
        ]

    def of_unit(self, unit: Any) -> list[str]:
        address = unit.email or self.fallback
        return [address] if address else []

    def of(self, case: Message) -> list[str]:
        """Whoever has the case; while nobody has it, or nobody with an address, its unit."""
        return self.of_colleague(case.assignee) or self.of_unit(case.unit)


def managers() -> list[str]:
    """The addresses of the active people who see the cases of all units."""
    found = get_user_model().objects.with_perm("contact.view_all_messages", backend=BACKEND)
    return sorted({user.email for user in found if user.email})
