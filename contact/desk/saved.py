"""Lists that somebody saved: a name, and what the list asks for. Everybody has their own."""

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from contact.models.casework import SavedFilter
from contact.public.fields import TypedField
from persian.text import isolate, to_persian_digits

from .case_forms import REQUIRED
from .filters import MessageFilterSet
from .listing import DESK
from .queries import known, list_address

#: So many lists fit above the cases.
MOST = 20
TAKEN = _("You have another list of this name.")


def lists_of(user: Any) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(user=user)


class NameForm(forms.Form):
    name = TypedField(label=_("Name of the list"), limit=60, error_messages=REQUIRED)
    use_required_attribute = False


class SaveForm(NameForm):
    """Saves what a list asks for; nothing that the list would not understand."""

    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, request: HttpRequest) -> None:
        self.request = request
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["query"] = query = known(data.get("query", ""))
        if not query or not MessageFilterSet(QueryDict(query), request=self.request).is_valid():
            self.add_error(None, _("Narrow the list down or sort it first; then it can be saved."))
        elif len(query) > 1000:
            self.add_error(None, _("This list asks for too much to be saved."))
        return data

    def save(self) -> SavedFilter | None:
        """The saved list; None where it was not possible, which the form tells. Sent twice, it is saved once."""
        mine = lists_of(self.request.user)
        name, query = self.cleaned_data["name"], self.cleaned_data["query"]
        if mine.exclude(name=name).count() >= MOST:
            words = gettext("You have %d lists. Delete one first.")
            self.add_error(None, to_persian_digits(words % MOST))
            return None
        of_user = {"user_id": self.request.user.pk, "name": name}
        saved, _made = SavedFilter.objects.get_or_create(**of_user, defaults={"query": query})
        if saved.query != query:
            self.add_error("name", TAKEN)
            return None
        return saved


class SavedView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """The reader's own lists: opened, renamed, deleted. A POST with `do` does one of it, or saves another."""

    permission_required = "view"
    index_url_name = ""
    template_name = "contact/desk/saved.html"
    header_icon = "list-ul"
    page_title = _("Saved lists")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        do = request.POST.get("do")
        return self.save() if do == "save" else self.rename() if do == "rename" else self.delete()

    def save(self) -> HttpResponse:
        form = SaveForm(self.request.POST, request=self.request)
        saved = form.save() if form.is_valid() else None
        if saved is None:
            return self.refuse(form, form=form)
        messages.success(self.request, _("The list “%(name)s” was saved.") % {"name": isolate(saved.name)})
        return redirect(list_address(saved.query))

    def rename(self) -> HttpResponse:
        saved, form = self.chosen(), NameForm(self.request.POST)
        if form.is_valid():
            saved.name = form.cleaned_data["name"]
            try:
                with transaction.atomic():
                    saved.save(update_fields=["name"])
            except IntegrityError:
                form.add_error("name", TAKEN)
        if form.errors:
            return self.refuse(form, renamed=(saved.pk, form))
        messages.success(
            self.request, _("The list is called “%(name)s” now.") % {"name": isolate(saved.name)}
        )
        return redirect("desk:saved")

    def delete(self) -> HttpResponse:
        saved = self.chosen()
        saved.delete()
        messages.success(self.request, _("The list “%(name)s” was deleted.") % {"name": isolate(saved.name)})
        return redirect("desk:saved")

    def chosen(self) -> SavedFilter:
        key = self.request.POST.get("list", "")
        mine = lists_of(self.request.user)
        return get_object_or_404(mine, pk=key if key.isascii() and key.isdigit() and len(key) < 19 else 0)

    def refuse(self, refused: NameForm, **context: Any) -> HttpResponse:
        reasons = " ".join(str(words) for errors in refused.errors.values() for words in errors)
        messages.error(self.request, _("Not saved: %(reasons)s") % {"reasons": reasons})
        return self.show(**context)

    def show(self, form: SaveForm | None = None, renamed: tuple[int, NameForm] | None = None) -> HttpResponse:
        """`form` or `renamed` is one that was refused, as it was typed."""
        mine = lists_of(self.request.user)
        lists = [
            {
                "pk": saved.pk,
                "name": saved.name,
                "typed": renamed[1]["name"].value() if renamed and renamed[0] == saved.pk else saved.name,
                "url": list_address(saved.query),
            }
            for saved in mine
        ]
        return self.render_to_response(self.get_context_data(form=form, lists=lists))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": list_address(""), "label": DESK}, here]
