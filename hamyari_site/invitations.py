"""Colleagues come in by a link: it works once, for three days, and whoever opens it chooses their own password.

An invited colleague is a user with an unusable password. The link's token is made from that password's random part (and
never stored), so it dies when a password is set and when the invitation is renewed.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from outbox.mail import queue_mail
from pages.models import ContactDetails
from persian.text import fold

from .permissions import GRANTED_BY_KEEPERS

User = get_user_model()


class InvitationTokens(PasswordResetTokenGenerator):
    """Django's own tokens, under another name: a link that resets a password accepts no invitation."""

    key_salt = "hamyari_site.invitations"


tokens = InvitationTokens()


def grantable_groups(giver: Any) -> QuerySet[Group]:
    """The groups that `giver` may put others into: all for a superuser, else `GRANTED_BY_KEEPERS`."""
    groups = Group.objects.order_by("name")
    if giver.is_superuser:
        return groups
    return groups.filter(name__in=GRANTED_BY_KEEPERS)


def may_manage(actor: Any, user: Any) -> bool:
    """Whether `actor`, who may change users, may change this one: nobody lays hands on a superuser but a superuser."""
    return actor.is_superuser or not user.is_superuser


def may_hold_link(actor: Any, user: Any) -> bool:
    """Whether `actor` may see, renew or readdress this one's invitation: whoever has the link can become that user."""
    if actor.is_superuser:
        return True
    return not user.is_superuser and all(group.name in GRANTED_BY_KEEPERS for group in user.groups.all())


def is_pending(user: Any) -> bool:
    """Whether the invitation still waits to be accepted."""
    return user.is_active and not user.has_usable_password()


def make_link(user: Any) -> str:
    """The full address that accepts the invitation, good for three days from now (PASSWORD_RESET_TIMEOUT)."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return settings.SITE_URL + reverse("accept_invitation", args=[key, tokens.make_token(user)])


def find(key: str, token: str, *, lock: bool = False) -> Any:
    """The user whom this link invites, or None when it is wrong, used, renewed, too old or withdrawn."""
    users = User._default_manager.select_for_update() if lock else User._default_manager.all()
    try:
        user = users.filter(pk=urlsafe_base64_decode(key).decode("ascii")).first()
    except (ValueError, TypeError, OverflowError):
        return None
    if user is None or not is_pending(user) or not tokens.check_token(user, token):
        return None
    return user


def renew(user: Any) -> None:
    """Let the links given out before die."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


def send(user: Any, inviter: Any) -> bool:
    """Queue the invitation as an e-mail. False when there is no mail server: then the link is handed over by hand."""
    if not settings.EMAIL_CONFIGURED:
        return False
    site = Site.objects.filter(is_default_site=True).first()
    unit = ContactDetails.for_site(site).unit_name if site else ""
    context = {"user": user, "inviter": inviter, "link": make_link(user), "unit_name": unit}
    queue_mail(
        to=[user.email],
        subject=gettext("Invitation to the administration of the site"),
        text=render_to_string("hamyari_site/emails/invitation.txt", context),
        kind="invitation",
    )
    return True


class InvitationForm(forms.ModelForm):
    """Names, e-mail and groups of a new colleague; the e-mail is the user name too."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=150,
        help_text=_("Also the user name that the colleague signs in with"),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "groups"]

    def __init__(self, *args: Any, inviter: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = grantable_groups(inviter)  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email = fold(self.cleaned_data["email"]).lower()
        if User._default_manager.filter(Q(email__iexact=email) | Q(username__iexact=email)).exists():
            raise forms.ValidationError(_("There is a colleague with this e-mail already."), code="taken")
        return email

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit=False)
        user.username = user.email
        user.set_unusable_password()
        if commit:
            user.save()
            self.save_m2m()
        return user
