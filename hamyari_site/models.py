"""What the project itself remembers."""

from django.db import models


class LoadedContent(models.Model):
    """A piece of the first content that was put in once.

    It is never put in again: whatever an editor changed, moved or deleted since stays as the editor left it.
    """

    key = models.CharField(max_length=100, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
