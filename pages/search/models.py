"""Searches that found nothing, for the staff to see what the site lacks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissedSearchQuerySet(models.QuerySet):
    def readable(self) -> "MissedSearchQuerySet":
        """Those whose words are kept, the most frequent first."""
        return self.exclude(text="").order_by("-count", "-last_missed", "pk")


class MissedSearch(models.Model):
    """One thing that was not found. The words stay unknown until they were missed `SHOWN_FROM` times."""

    SHOWN_FROM = 3

    digest = models.CharField(max_length=40, unique=True)
    text = models.CharField(_("Words"), max_length=60, blank=True)
    count = models.PositiveIntegerField(_("Times"), default=0, db_index=True)
    last_missed = models.DateField(_("Last time"), db_index=True)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("Search without result")
        verbose_name_plural = _("Searches without result")
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return self.text or "…"
