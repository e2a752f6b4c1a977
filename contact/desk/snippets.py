"""What the desk works with, edited in the admin: topics, units, municipalities, canned replies, leaves."""

from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from contact.models import Absence, CannedReply, Lane, Municipality, Topic, Unit
from contact.placeholders import legend

from .people_forms import AbsenceForm, TopicForm, UnitForm, display_name
from .public_answers import PublicAnswerViewSet
from .unchosen import UnchosenViewSet

filled_in = lazy(lambda: format_html("{} {}", gettext("Filled in for whoever gets it:"), legend()), str)()


NEW_ONES = _("New messages go to it; those that are there stay with their unit.")


class TopicViewSet(UnchosenViewSet):
    model = Topic
    icon = "list-ul"
    list_display = [
        "title",
        "unit",
        "deadline_days",
        "sort_order",
        BooleanColumn("is_active", label=_("Offered in the form")),
    ]
    list_filter = ["unit", "is_active"]
    ordering = ["sort_order", "title"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("guidance"),
            FieldRowPanel([FieldPanel("unit", help_text=NEW_ONES), FieldPanel("sort_order")]),
            FieldPanel("is_active"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel(f"for_{lane}") for lane in Lane])], heading=_("Offered to")
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("deadline_days"), FieldPanel("retention_months")]),
                    FieldPanel("needs_approval"),
                ],
                heading=_("Deadline and answer"),
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("allows_anonymous", "who_sees", "is_confidential", "readers")],
                heading=_("Who sees what"),
            ),
            InlinePanel("questions", heading=_("Questions of the topic"), label=_("Question")),
            MultiFieldPanel(
                [FieldPanel(name) for name in ("is_elsewhere", "elsewhere_text", "elsewhere_url")],
                heading=_("Not ours"),
            ),
            FieldPanel("is_information_request"),
        ],
        base_form_class=TopicForm,
    )


class UnitViewSet(UnchosenViewSet):
    model = Unit
    icon = "group"
    list_display = ["name", "email"]
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("email"), FieldPanel("members")], base_form_class=UnitForm
    )


class MunicipalityViewSet(UnchosenViewSet):
    model = Municipality
    icon = "home"
    list_display = ["name", BooleanColumn("is_active", label=_("Offered in the form"))]
    list_filter = ["is_active"]
    ordering = ["name"]
    copy_view_enabled = False


class CannedReplyViewSet(UnchosenViewSet):
    model = CannedReply
    icon = "clipboard-list"
    list_display = ["title", "topic", "status"]
    list_filter = ["topic", "status"]
    ordering = ["title"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("text", help_text=filled_in),
            FieldPanel("topic"),
            FieldPanel("status"),
        ]
    )


class AbsenceViewSet(UnchosenViewSet):
    model = Absence
    icon = "date"
    list_display = [
        "__str__",
        Column("stand_in", accessor=lambda leave: display_name(leave.stand_in), label=_("Stand-in")),
        "first_day",
        "last_day",
    ]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("user"), FieldPanel("stand_in")]),
            FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        ],
        base_form_class=AbsenceForm,
    )


class AnsweringGroup(SnippetViewSetGroup):
    """What the desk works with."""

    items = (
        TopicViewSet,
        UnitViewSet,
        MunicipalityViewSet,
        CannedReplyViewSet,
        PublicAnswerViewSet,
        AbsenceViewSet,
    )
    menu_label = _("Topics and units")
    menu_name = "answering"
    menu_icon = "folder-open-inverse"
    menu_order = 160
