"""The first administrator: a one-time link, printed on the terminal, opens a form that makes the account."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .models import FirstAdminLink
from .password_words import PasswordWordsMixin

LIFETIME = timedelta(hours=24)
KEEPERS_GROUP = "مدیر سامانه"  # made by the migrations of the site, where there is one


class InvalidLinkError(Exception):
    """The link is unknown, used, too old, or there is an administrator already."""


def is_needed() -> bool:
    """True while nobody can administer the site."""
    return not get_user_model()._default_manager.filter(is_superuser=True, is_active=True).exists()


def make_link(address: str | None = None) -> str:
    """A fresh link, good once and for 24 hours; links given out before stop working.

    `address` is the root that the keeper's browser reaches, by default SITE_URL. Raises `InvalidLinkError`
    when there is an administrator already.
    """
    if not is_needed():
        raise InvalidLinkError
    token = secrets.token_urlsafe(32)
    FirstAdminLink.objects.update_or_create(
        id=1, defaults={"token_hash": _hash(token), "expires": timezone.now() + LIFETIME}
    )
    return (address or settings.SITE_URL).rstrip("/") + reverse("operations_first_admin", args=[token])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _require_valid(token: str, *, lock: bool = False) -> None:
    links = FirstAdminLink.objects.select_for_update() if lock else FirstAdminLink.objects
    link = links.filter(expires__gt=timezone.now()).first()
    if link is None or not constant_time_compare(link.token_hash, _hash(token)) or not is_needed():
        raise InvalidLinkError


class FirstAdminForm(PasswordWordsMixin, UserCreationForm):
    """User name, names, e-mail and a password that Django's validators accept."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"))

    field_order = ["username", "first_name", "last_name", "email", "password1", "password2"]

    class Meta:
        model = get_user_model()
        fields = ["username", "first_name", "last_name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("Latin letters, digits and @ . + - _ are the easiest to type.")
        for name, purpose in (("first_name", "given-name"), ("last_name", "family-name"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = purpose
        for name in ("username", "email"):
            self.fields[name].widget.attrs["dir"] = "ltr"

    def save(self, commit: bool = True) -> Any:
        """The new superuser, in the system keepers' group too."""
        user = super().save(commit=False)
        user.is_superuser = user.is_staff = user.is_active = True
        if commit:
            user.save()
            user.groups.add(*Group.objects.filter(name=KEEPERS_GROUP))
        return user


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HttpRequest, token: str) -> HttpResponse:
    """The form on GET (opening it uses nothing up); the account, logged in, on a good POST."""
    form = FirstAdminForm(request.POST or None)
    user = None
    try:
        _require_valid(token)
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():
                # The row's lock lets one of two posts through; the other then finds no link.
                _require_valid(token, lock=True)
                user = form.save()
                FirstAdminLink.objects.all().delete()
    except InvalidLinkError:
        return _page(request, "operations/first_admin_gone.html", {}, status=410)
    if user is not None:
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("wagtailadmin_home")
    return _page(request, "operations/first_admin.html", {"form": form}, status=200)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    # The token stands in the address and must not leave with a link. Not "no-referrer": browsers then post
    # with "Origin: null", which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
