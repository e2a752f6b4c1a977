"""The desk's list as a spreadsheet: safe to open, in Persian, without what tells who wrote, for those who may export."""

import csv
import logging
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from persian.calendar import format_jalali_short
from persian.text import to_ascii_digits
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db

HEAD = [
    "کد رهگیری", "عنوان پیام", "وضعیت", "نوع پیام", "موضوع", "واحد پاسخ‌گو", "مسئول پاسخ", "فرستنده", "شیوهٔ دریافت",
    "زمان ثبت", "مهلت پاسخ", "زمان نخستین پاسخ", "زمان مختومه شدن",
]  # fmt: skip
FORMULAS = ["=1+1", "+98", "-2+3", "@SUM(A1)", "  =cmd|'/c calc'!A0", "＝1+1", "#N/A"]


def exported(client, as_kind, **asked):
    response = client.get("/admin/desk/", {"export": as_kind, **asked})
    assert response.status_code == 200
    return response.getvalue()


def csv_rows(client, **asked):
    return list(csv.reader(StringIO(exported(client, "csv", **asked).decode("utf-8-sig"))))


def sheet(client, **asked):
    return openpyxl.load_workbook(BytesIO(exported(client, "xlsx", **asked))).active


def test_both_files_hold_the_list_as_it_is_filtered_and_sorted(head, ours):
    colleague = UserFactory(first_name="نرگس", last_name="کریمی")
    case = MessageFactory(
        topic=ours,
        title="نیمکت",
        kind="complaint",
        deadline="2026-11-23",
        assignee=colleague,
        status="in_progress",
    )
    MessageFactory(topic=ours, title="پرسش دیگر", deadline="2026-11-22")
    later = MessageFactory(topic=ours, title="دیرتر", kind="complaint", deadline="2026-11-24")
    asked = {"kind": "complaint", "ordering": "-deadline"}
    rows = csv_rows(head, **asked)
    assert [list(row) for row in sheet(head, **asked).iter_rows(values_only=True)] == [
        [value or None for value in row] for row in rows
    ]
    assert rows[0] == HEAD
    assert [row[1] for row in rows[1:]] == [later.title, case.title]
    assert rows[2][:9] == [
        case.code_display, "نیمکت", "در دست بررسی", "شکایت", "موضوع ما", "واحد ما", "نرگس کریمی", "شهروند", "سایت",
    ]  # fmt: skip
    assert rows[2][10] == "۱۴۰۵/۰۹/۰۲"
    assert len(csv_rows(head, q="نیمکت")) == 2


def test_what_tells_who_wrote_stays_on_the_desk(head, ours):
    MessageFactory(
        topic=ours,
        body="متن محرمانهٔ شهروند",
        name="کاوه نمونه‌ای",
        mobile="+989121112233",
        email="k@example.ir",
    )
    cells = [value for row in sheet(head).iter_rows(values_only=True) for value in row if value]
    for text in (exported(head, "csv").decode(), " ".join(cells)):
        for secret in ("متن محرمانه", "کاوه", "9121112233", "۹۱۲۱۱۱", "k@example"):
            assert secret not in text


def test_nothing_begins_a_formula(head, ours):
    for text in FORMULAS:
        MessageFactory(topic=ours, title=text)
    titles = [row[1] for row in csv_rows(head)[1:]]
    assert sorted(titles) == sorted([*(f"'{text}" for text in FORMULAS[:-1]), "#N/A"])
    page = sheet(head)
    assert page.sheet_view.rightToLeft
    cells = [cell for row in page.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert {cell.value for cell in cells} >= set(FORMULAS)


def test_only_whoever_may_export_reports_does_and_it_is_logged(officer, head, ours, caplog):
    case = MessageFactory(topic=ours, title="نیمکت پارک")
    assert officer.get("/admin/desk/?export=csv").status_code == 302
    assert "export=csv" not in page_of(officer.get("/admin/desk/"))
    assert "export=csv" in page_of(head.get("/admin/desk/"))
    with caplog.at_level(logging.INFO, "contact.desk.export"):
        exported(head, "csv", q="نیمکت", kind="question")
    [line] = [record.getMessage() for record in caplog.records if "exports" in record.getMessage()]
    assert f"user {head.user.pk} " in line
    assert "kind" in line
    for typed in ("نیمکت", case.name, head.user.username):
        assert typed not in line


def test_only_what_the_reader_sees_is_exported(ours, theirs):
    reporter = log_in("کارشناس پاسخ‌گویی", unit=ours.unit, permissions=["contact.view_reports"])
    MessageFactory(topic=ours, title="پیام ما")
    MessageFactory(topic=theirs, title="پیام دیگران")
    MessageFactory(topic=TopicFactory(unit=ours.unit, is_confidential=True), title="محرمانه")
    assert [row[1] for row in csv_rows(reporter, block="all")[1:]] == ["پیام ما"]


def test_the_file_bears_the_day(head, ours):
    day = to_ascii_digits(format_jalali_short(timezone.localdate())).replace("/", "-")
    assert (
        head.get("/admin/desk/?export=xlsx")["Content-Disposition"]
        == f'attachment; filename="desk-{day}.xlsx"'
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_asks_as_often_however_many_cases_there_are(head, ours, kind):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            exported(head, kind)
        return len(captured)

    def add(count):
        for _number in range(count):
            MessageFactory(topic=TopicFactory(), assignee=UserFactory())

    add(2)
    asked()
    few = asked()
    add(30)
    assert asked() == few <= 8
