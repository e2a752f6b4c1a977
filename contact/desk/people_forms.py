"""Forms that choose people: members of a unit, readers of a topic, who is away and who stands in.

People are offered by name, and only those who may see messages at all.
"""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.admin.forms import WagtailAdminModelForm

from contact.models import Topic, Unit

User = get_user_model()


def readers_of_messages() -> QuerySet[Any]:
    """Active users who may see messages."""
    return User.objects.with_perm("contact.view_message", backend="django.contrib.auth.backends.ModelBackend")


def offered(chosen: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """Who is offered: those who may see messages, and whoever is `chosen` already: saving the form must drop nobody."""
    wanted = Q(pk__in=readers_of_messages().values("pk"))
    if chosen is not None:
        wanted |= Q(pk__in=chosen.values("pk"))
    return User.objects.filter(wanted).order_by("last_name", "first_name", "username")


def display_name(user: Any) -> str:
    return user.get_full_name() or user.get_username()


class _PeopleForm(WagtailAdminModelForm):
    """`people` names the fields that choose users."""

    people: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.people:
            field: Any = self.fields[name]
            field.label_from_instance = display_name
            field.queryset = offered(self.chosen(name))

    def chosen(self, name: str) -> QuerySet[Any] | None:
        if not self.instance.pk:
            return None
        if self.instance._meta.get_field(name).many_to_many:
            return getattr(self.instance, name).all()
        return User.objects.filter(pk=getattr(self.instance, f"{name}_id"))


class UnitForm(_PeopleForm):
    people = ("members",)

    class Meta(WagtailAdminModelForm.Meta):
        model = Unit
        fields = ["members"]
        widgets = {"members": forms.CheckboxSelectMultiple}


class TopicForm(_PeopleForm):
    people = ("readers",)

    elsewhere_url = forms.URLField(
        label=Topic._meta.get_field("elsewhere_url").verbose_name, required=False, assume_scheme="https"
    )

    class Meta(WagtailAdminModelForm.Meta):  # for the widgets of the CMS
        model = Topic
        fields = ["readers"]
        widgets = {"readers": forms.CheckboxSelectMultiple}


class AbsenceForm(_PeopleForm):
    people = ("user", "stand_in")
