"""The task that wakes delivery. The queue neither retries nor recovers a killed task: the table does."""

from importlib.util import find_spec

from .delivery import deliver_due

if find_spec("django.tasks"):  # Django 6 brought the interface into its core
    from django.tasks import task
else:
    from django_tasks import task  # type: ignore[no-redef]


@task(backend="outbox")
def deliver() -> int:
    return deliver_due()
