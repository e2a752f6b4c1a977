"""What goes out under the organization's name is read by two people, as long as there are two who could."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from .models.units import Absence


def may_approve(writer: int | None, by: Any, others: QuerySet[Any]) -> bool:
    """Whether `by` may approve what `writer` (a key) wrote: their own words only while none of `others` is here to do it.

    Superusers keep the machine: they are no second reader unless somebody gave them the right. Nor is who is on leave today.
    """
    if writer is None or writer != by.pk:
        return True
    away = Absence.objects.on(timezone.localdate()).values("user")
    return not others.filter(is_active=True).exclude(pk=by.pk).exclude(pk__in=away).exists()
