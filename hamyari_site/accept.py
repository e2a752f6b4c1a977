"""The page behind an invitation's link. Opening it changes nothing (mail scanners open links); posting a password does."""

from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.log_actions import log

from operations.password_words import PasswordWordsMixin

from . import invitations


class PasswordForm(PasswordWordsMixin, SetPasswordForm):
    password_fields = ("new_password1", "new_password2")


@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Show the form for a password; on a good POST set it and sign in. 410 when the link is no longer valid."""
    with transaction.atomic():
        # The row's lock lets one of two posts through; the other then finds an invitation that was accepted.
        user = invitations.find(key, token, lock=request.method == "POST")
        if user is None:
            return _private(render(request, "hamyari_site/invitation_gone.html", status=410))
        form = PasswordForm(user, request.POST or None)
        accepted = request.method == "POST" and form.is_valid()
        if accepted:
            form.save()
            log(instance=user, action="wagtail.edit", user=user)
    if accepted:
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("wagtailadmin_home")
    status = 422 if form.errors else 200
    return _private(
        render(request, "hamyari_site/accept_invitation.html", {"form": form, "invited": user}, status=status)
    )


def _private(response: HttpResponse) -> HttpResponse:
    # The token stands in the address and must not leave with a link; "no-referrer" would spoil the CSRF check.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
