"""A new secret, read out on the telephone to somebody who lost theirs. The earlier one opens nothing from then on."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from contact.actions.common import CaseError
from contact.actions.secret import give_secret
from contact.models import Message
from contact.secrets import format_secret, secret_of

from .case_actions import MANAGE, ActionView
from .case_base import CaseForm


class SecretView(ActionView):
    """The secret stands on the answer to the post and nowhere else: reloading that shows the same one, and makes no other."""

    template_name = "contact/desk/secret.html"
    name, icon, title, right = "secret", "key", _("Give a new secret"), MANAGE
    form_class = CaseForm
    words = _(
        "Be sure that you speak with the sender: ask for what they wrote. Never ask for the old secret. It ends, and so does "
        "what was opened with it."
    )
    button = _("Give a new secret")

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return not case.is_demo

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        if not self.is_done():
            try:
                give_secret(self.object, by=request.user, key=form.cleaned_data["key"])
            except CaseError as problem:
                messages.error(request, str(problem))
                return self.back()
            self.object.refresh_from_db()
        secret = secret_of(self.object)
        context = {"form": form, "words": "", "secret": format_secret(secret) if secret else ""}
        response = self.render_to_response(self.get_context_data(**context))
        add_never_cache_headers(response)
        return response
