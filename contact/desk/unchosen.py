"""Snippets that no chooser offers: the CMS's own shows every row to whoever may enter the admin, drafts of answers too."""

from wagtail.snippets.views.snippets import SnippetViewSet


class UnchosenViewSet(SnippetViewSet):
    """Where a form asks for such a row, it stands in a list of the form."""

    def register_chooser_viewset(self) -> None:
        """None."""
