"""Public answers in the admin: the list, the page where one is read and approved, and the form that changes its words."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, HistoryView, IndexView, InspectView

from contact import publishing
from contact.models import Message, PublicAnswer

from .publishing import doubtful
from .unchosen import UnchosenViewSet


def readable_by(user: Any) -> QuerySet[PublicAnswer]:
    """All for editors; others read what is public, what they wrote, and the drafts made of cases that they may see."""
    answers = PublicAnswer.objects.select_related("topic", "message", "written_by")
    if user.pk is None:
        return answers.none()
    if user.has_perm("contact.change_publicanswer"):
        return answers
    own = Message.objects.visible_to(user).values("pk")
    public = Q(pk__in=PublicAnswer.objects.approved().values("pk"))
    return answers.filter(public | Q(message__in=own) | Q(written_by=user.pk))


class AnswersIndex(IndexView):
    def search_queryset(self, queryset: Any) -> Any:
        """All are searched, then those are taken that the reader may read: the index knows nothing of rights."""
        if not self.is_searching:
            return queryset
        found = super().search_queryset(PublicAnswer.objects.all())
        return queryset.filter(pk__in=found.get_queryset().order_by().values("pk"))

    def _get_title_column(self, field_name: str, column_class: Any = None, **kwargs: Any) -> Any:
        """The title leads to the page where the answer is read and approved."""
        column: Any = super()._get_title_column(field_name, **kwargs)
        column._get_url_func = self.get_inspect_url
        return column


class AnswerView(InspectView):
    """The answer as the public reads it, with what still looks personal marked; approved or withdrawn from here."""

    page_title = _("Public answer")
    template_name = "contact/desk/public_answer.html"

    def get_object(self, queryset: Any = None) -> PublicAnswer:
        return get_object_or_404(readable_by(self.request.user), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "answer": self.object,
            "texts": doubtful(self.object, self.request),
            "may_withdraw": self.request.user.has_perm(publishing.RIGHT),
            "may_approve": publishing.may_be_approved(self.object, self.request.user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = request.POST.get("step")
        if not request.user.has_perm(publishing.RIGHT):
            messages.error(request, _("You may read this answer, not approve it."))
        elif step == "approve" and not publishing.may_be_approved(self.object, request.user):
            messages.error(request, _("You wrote these words; somebody else approves them."))
        elif step == "approve" and not self.object.approved_at:
            publishing.approve(self.object, request.user)
            messages.success(request, _("The answer is public."))
        elif step == "withdraw" and self.object.approved_at:
            publishing.withdraw(self.object, request.user)
            messages.success(request, _("The answer is no longer public."))
        else:
            messages.error(request, _("The answer has changed meanwhile. Look at it again."))
        return redirect(request.path)


class AnswerAdd(CreateView):
    def save_instance(self) -> Any:
        self.form.instance.written_by = self.request.user
        return super().save_instance()


class AnswerEdit(EditView):
    def save_instance(self) -> Any:
        """Other words need another approval, unless nobody else could give it."""
        answer = self.form.instance
        if self.form.has_changed():
            answer.written_by = self.request.user
            if answer.approved_at and not publishing.may_be_approved(answer, self.request.user):
                answer.approved_at = answer.approved_by = None
                messages.warning(self.request, _("These words are public once they are approved."))
        return super().save_instance()


class AnswerHistory(HistoryView):
    """Its title is the question: for those who may read the answer."""

    def get_base_object_queryset(self) -> QuerySet[PublicAnswer]:
        return readable_by(self.request.user)


class PublicAnswerViewSet(UnchosenViewSet):
    model = PublicAnswer
    icon = "globe"
    list_display = ["question", "topic", Column("state", label=_("Status"))]
    list_filter = ["topic"]
    ordering = ["-created_at", "-pk"]
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = AnswersIndex
    inspect_view_class = AnswerView
    add_view_class = AnswerAdd
    edit_view_class = AnswerEdit
    history_view_class = AnswerHistory
    edit_handler = ObjectList([FieldPanel(name) for name in ("question", "details", "answer", "topic")])

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicAnswer]:
        return readable_by(request.user)
