"""What the machinery itself must remember: leases of jobs, signs of life, the first administrator's link."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class ScheduledJob(models.Model):
    """When a job last ran and until when a scheduler holds it, so that no two run it at the same time."""

    name = models.CharField(max_length=100, primary_key=True)
    last_started = models.DateTimeField(null=True, blank=True)
    last_finished = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """The last sign of life of a background process ("scheduler", "worker")."""

    name = models.CharField(max_length=100, primary_key=True)
    seen = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        """Note that the process is alive now."""
        cls.objects.update_or_create(name=name, defaults={"seen": timezone.now()})

    @classmethod
    def age(cls, name: str) -> timedelta | None:
        """Time since the last sign of life; None when there never was one."""
        seen = cls.objects.filter(name=name).values_list("seen", flat=True).first()
        return None if seen is None else timezone.now() - seen


class FirstAdminLink(models.Model):
    """The one link that may make the first administrator; only a hash of its token is kept."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token_hash = models.CharField(max_length=64)
    expires = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_first_admin_link")]

    def __str__(self) -> str:
        return f"first administrator, until {self.expires:%Y-%m-%d %H:%M} UTC"
