"""Wagtail's users section with our rules: colleagues are invited, and who manages accounts gains no power by it.

Wagtail trusts whoever may change users: its form takes `is_superuser`, any group and any password from them. Here all of
these are a superuser's; a system keeper gives others the groups of `GRANTED_BY_KEEPERS`, and gives themselves nothing.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log
from wagtail.users.forms import UserEditForm
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction
from wagtail.users.views.users import EditView, IndexView, UserViewSet

from persian.sorting import sort_key
from persian.text import isolate

from .invitations import (
    InvitationForm,
    grantable_groups,
    is_pending,
    make_link,
    may_hold_link,
    may_manage,
    renew,
    send,
)

User = get_user_model()


class StaffEditForm(UserEditForm):
    """Wagtail's form for superusers; for others without the fields by which an account is taken over."""

    def __init__(self, *args: Any, editor: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        self.kept_groups: list[Any] = []
        if editor.is_superuser:
            return
        self.fields.pop("is_superuser", None)
        for name in ("password1", "password2"):
            self.fields.pop(name, None)
        self.password_fields_removed = True
        if not is_pending(self.instance) or not may_hold_link(editor, self.instance):
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Everybody changes it in their own account")
        grantable = grantable_groups(editor)
        if editing_self:
            self.fields["groups"].disabled = True
            self.fields["groups"].help_text = _("Nobody gives groups to themselves")
        else:
            self.kept_groups = list(self.instance.groups.exclude(pk__in=grantable))
            self.fields["groups"].queryset = grantable
            if self.kept_groups:
                self.fields["groups"].help_text = _("Only an administrator changes: %(groups)s") % {
                    "groups": "، ".join(isolate(group.name) for group in self.kept_groups)
                }

    @property
    def password_enabled(self) -> bool:
        return not getattr(self, "password_fields_removed", False)

    def clean_groups(self) -> Any:
        chosen = self.cleaned_data["groups"]
        return [*chosen, *self.kept_groups] if self.kept_groups else chosen


def access_words(user: Any) -> str:
    """Whether somebody is a superuser, and the names of their groups, in one line."""
    everything = [str(_("Chief administrator"))] if user.is_superuser else []
    return "، ".join([*everything, *sorted((group.name for group in user.groups.all()), key=sort_key)])


class StaffIndexView(IndexView):
    add_item_label = _("Invite a colleague")

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("groups")

    def search_queryset(self, queryset: Any) -> Any:
        """Each word in some column: «زهرا نویسنده» stands in two."""
        for word in (self.search_query or "").split() if self.is_searching else []:
            anywhere = Q()
            for name in self.search_fields:
                anywhere |= Q((f"{name}__icontains", word))
            queryset = queryset.filter(anywhere)
        return queryset

    @cached_property
    def columns(self) -> list[Column]:
        groups = Column("groups", label=_("Groups"), accessor=access_words, width="20%")
        columns = [groups if column.name == "is_superuser" else column for column in super().columns]
        invitation = Column(
            "invitation",
            label=_("Invitation"),
            accessor=lambda user: _("Not accepted yet") if is_pending(user) else "",
            width="12%",
        )
        return [*columns, invitation]

    def get_edit_url(self, instance: Any) -> str | None:
        return super().get_edit_url(instance) if may_manage(self.request.user, instance) else None


class InviteView(generic.CreateView):
    """«دعوت همکار», in the place of an account with a password that somebody else made up."""

    page_title = _("Invite a colleague")
    page_subtitle = _("Invite a colleague")
    submit_button_label = _("Invite")
    submit_button_active_label = _("Inviting…")
    success_message = None
    error_message = _("The invitation was not made yet. Please mend what is marked.")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        users = {"url": reverse("wagtailusers_users:index"), "label": _("Users")}
        return [*self.breadcrumbs_items, users, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "inviter": self.request.user}

    def save_instance(self) -> Any:
        user = super().save_instance()
        send(user, self.request.user)
        return user

    def get_success_url(self) -> str:
        return reverse("wagtailusers_users:invitation", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []


class StaffEditView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "editor": self.request.user}


class InvitationView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The link of an invitation that was not accepted yet, to copy. POST renews it and lets the links before die."""

    template_name = "hamyari_site/invitation_link.html"
    page_title = _("Invitation")
    header_icon = "user"
    index_url_name = ""
    permission_policy = None
    permission_required = "add"

    def setup(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> None:
        super().setup(request, *args, pk=pk, **kwargs)
        self.invited = get_object_or_404(User, pk=pk)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_hold_link(request.user, self.invited):
            raise PermissionDenied
        if not is_pending(self.invited):
            messages.warning(request, _("This colleague has accepted the invitation already."))
            return redirect(self.index_url_name)
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        renew(self.invited)
        send(self.invited, request.user)
        log(instance=self.invited, action="wagtail.edit")
        messages.success(request, _("There is a new link; the one before no longer works."))
        return redirect(request.path)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Users")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_page_subtitle(self) -> str:
        return get_user_display_name(self.invited)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "invited": self.invited,
            "link": make_link(self.invited),
            "sent": settings.EMAIL_CONFIGURED,
        }


class OthersOnly:
    """Bulk actions on accounts: never on one that the actor may not manage, nor, for a keeper, on their own."""

    def check_perm(self, obj: Any) -> bool:
        actor = self.request.user  # type: ignore[attr-defined]
        allowed: bool = super().check_perm(obj)  # type: ignore[misc]
        return allowed and may_manage(actor, obj) and (actor.is_superuser or actor != obj)


class AssignRole(OthersOnly, AssignRoleBulkAction):
    def get_form(self, form_class: Any = None) -> forms.Form:
        form = super().get_form(form_class)
        form.fields["role"].queryset = grantable_groups(self.request.user)
        form.fields["role"].label = _("Role to give")
        return form


class SetActiveState(OthersOnly, SetActiveStateBulkAction):
    """Wagtail's own, kept away from superusers."""


class StaffViewSet(UserViewSet):
    index_view_class = StaffIndexView
    add_view_class = InviteView
    edit_view_class = StaffEditView
    copy_view_enabled = False
    create_template_name = "wagtailadmin/generic/create.html"

    @property
    def invitation_view(self) -> Any:
        return self.construct_view(InvitationView)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("invitation/<int:pk>/", self.invitation_view, name="invitation"),
        ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return StaffEditForm if for_update else InvitationForm
