"""What is known of the index as a whole."""

from django.db import models
from django.utils import timezone

LONGEST_WORD = 30


class IndexState(models.Model):
    """One row: what made the index, so that a changed analyser is noticed."""

    version = models.CharField(max_length=60)
    built_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.version


class IndexedWord(models.Model):
    """A word that stands in the index, folded, and as somebody wrote it: where "did you mean" looks for close words."""

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    written = models.CharField(max_length=2 * LONGEST_WORD)

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.written
