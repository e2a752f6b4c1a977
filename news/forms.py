"""The editor's form of an item of news."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class NewsPageForm(WagtailAdminPageForm):
    """Tells an item that was changed from one that was only opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django compares a field whose default is a function with a hidden copy of it, which the CMS does not write.
        if date := self.fields.get("date"):
            date.show_hidden_initial = False
        if written := self.initial.get("date"):
            self.initial["date"] = written.replace(second=0, microsecond=0)  # as the field shows it
