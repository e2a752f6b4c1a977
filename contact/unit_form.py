"""The form of an answering unit: its members are offered by name, and only those who may see messages at all."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.admin.forms import WagtailAdminModelForm

from .cases import Unit

User = get_user_model()


def possible_members(unit: Unit) -> QuerySet[Any]:
    """Active users who may see messages, and whoever is a member already: saving the form must drop nobody."""
    readers = User.objects.with_perm(
        "contact.view_message", backend="django.contrib.auth.backends.ModelBackend"
    )
    wanted = Q(pk__in=readers.values("pk"))
    if unit.pk:
        wanted |= Q(pk__in=unit.members.values("pk"))
    return User.objects.filter(wanted).order_by("last_name", "first_name", "username")


def display_name(user: Any) -> str:
    return user.get_full_name() or user.get_username()


class UnitForm(WagtailAdminModelForm):
    class Meta:
        widgets = {"members": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.label_from_instance = display_name
        members.queryset = possible_members(self.instance)
