"""Words of the CMS that no catalogue reaches: labels that Django makes out of names in code, and counts with a plural.

They are put right where they stand, once, when the app starts. `tests/test_admin_crawl_browser.py` finds new ones.
"""

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.pages import delete as page_delete
from wagtail.admin.views.pages.bulk_actions import delete as pages_delete
from wagtail.admin.views.pages.search import SearchView as PageSearch
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.models import Comment, CommentReply, Page, PageSubscription
from wagtail.sites.views import IndexView as SitesIndex
from wagtail.users.forms import PagePermissionsForm

OF_LINKS = {
    "body": _("Text of the e-mail"),
    "email_address": _("Email address"),
    "link_text": _("Text of the link"),
    "phone_number": _("Phone number"),
    "subject": _("Subject"),
}
OF_SITES = {"port": _("Port"), "site_name": _("Site name"), "root_page": _("Root page")}
OF_WORKFLOWS = {
    "workflow": _("Workflow"),
    "task": _("Task"),
    "requested_by": _("Requested By"),
    "started_at": _("Started at"),
    "finished_at": _("Finished at"),
    "finished_by": _("Finished by"),
}
OF_RELATIONS = {"comment": _("Comment"), "page": _("Page"), "user": _("User")}

# Asked for in the CMS's code, but forgotten in its catalogue, so that the overlay does not know of it.
FORGOTTEN = (gettext_noop('You do not have permission to publish pages at "%(page_title)s"'),)


def is_name_typed(request: HttpRequest, context: object = None) -> bool:
    """Whether who deletes many pages typed the site's name, where it was asked for; if not, say so."""
    name, typed = settings.WAGTAIL_SITE_NAME, request.POST.get("confirm_site_name")
    if typed and typed != name:
        messages.error(
            request, gettext("Type “%(name)s” to confirm that the pages are deleted.") % {"name": name}
        )
        return False
    return True


def install() -> None:
    """Give the CMS's nameless fields and columns their names, and its lists Persian counts. Doing it twice is harmless."""
    for form in (
        choosers.AnchorLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.ExternalLinkChooserForm,
        choosers.PhoneLinkChooserForm,
    ):
        for name, field in form.base_fields.items():
            field.label = OF_LINKS.get(name, field.label)
    for form in (WorkflowPageForm, PagePermissionsForm):
        form.base_fields["page"].label = OF_RELATIONS["page"]
    for column in SitesIndex.columns:
        column.label = OF_SITES.get(column.name, column.label)
    page_delete.type_to_delete_confirmation = is_name_typed
    pages_delete.type_to_delete_confirmation = is_name_typed
    for report in (WorkflowView, WorkflowTasksView):
        report.export_headings = {**OF_WORKFLOWS, **report.export_headings}
    for model in (Comment, CommentReply, PageSubscription):
        for name, label in OF_RELATIONS.items():
            if name in {field.name for field in model._meta.fields}:
                model._meta.get_field(name).verbose_name = label
    if apps.is_installed("wagtail.contrib.search_promotions"):
        field = apps.get_model("wagtailsearchpromotions", "SearchPromotion")._meta.get_field(
            "external_link_text"
        )
        field.verbose_name = OF_LINKS["link_text"]
    PageSearch.verbose_name, PageSearch.verbose_name_plural = (
        Page._meta.verbose_name,
        Page._meta.verbose_name_plural,
    )
    # A noun stays singular after a number: «۶۱ خبر».
    WagtailPaginator.items_count_label = property(lambda self: f"{self.count} {self.verbose_name}")
