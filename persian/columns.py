"""Columns of the admin's lists."""

from wagtail.admin.ui.tables import Column


class LtrColumn(Column):
    """What is written from left to right: an address, a code. Its digits stay plain."""

    cell_template_name = "persian/admin/ltr_cell.html"
