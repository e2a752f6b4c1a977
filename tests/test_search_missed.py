"""What is searched for and not found is counted for the staff, and says nothing of who searched."""

import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from operations import schedule
from pages.models import MissedSearch
from pages.search import missed

SHOWN_FROM = MissedSearch.SHOWN_FROM


def search(client, query: str, times: int = 1) -> None:
    for _ in range(times):
        client.get("/search/", {"q": query})


def shown() -> list[tuple[str, int]]:
    return list(MissedSearch.objects.readable().values_list("text", "count"))


def test_what_was_missed_often_is_counted_and_shown(site, client):
    search(client, "استعلام کهکشان", SHOWN_FROM)
    assert missed.add_up() == SHOWN_FROM
    assert shown() == [("استعلام کهکشان", SHOWN_FROM)]
    search(client, "استعلام کهكشان")  # the same words from an Arabic keyboard
    missed.add_up()
    assert shown() == [("استعلام کهکشان", SHOWN_FROM + 1)]


def test_what_one_person_typed_once_can_be_read_by_nobody(site, client):
    search(client, "زهره کهکشانی")
    missed.add_up()
    row = MissedSearch.objects.get()
    assert row.text == ""
    assert "کهکشان" not in str(row.__dict__)
    assert not list(Path(missed.settings.SPOOL_DIR).iterdir()), "the spool is empty again"


@pytest.mark.parametrize(
    "query",
    [
        "۰۹۱۳۱۲۳۴۵۶۷",
        "0913 123 45 67",
        "کد ملی ۱۲۷-۰۰۰-۱۲۳۴",
        "nobody@example.ir",
        "https://example.ir/کهکشان",
        "چرا همسایهٔ ما در کوچهٔ کهکشان هر شب زباله می‌سوزاند",
        "ک" * 61,
    ],
)
def test_numbers_addresses_and_whole_messages_are_not_kept_at_all(site, client, query):
    search(client, query, SHOWN_FROM)
    assert missed.add_up() == 0
    assert not MissedSearch.objects.exists()


def test_a_search_that_found_something_is_not_counted(site, client):
    search(client, "روابط عمومی", SHOWN_FROM)
    assert missed.add_up() == 0


def test_a_visit_writes_nothing_to_the_database(site, client):
    with CaptureQueriesContext(connection) as asked:
        search(client, "کهکشان")
    assert not [
        query for query in asked if query["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
    ]


def test_a_spool_that_cannot_be_written_is_no_visitors_business(site, client, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.SPOOL_DIR = tmp_path / "file"
    assert client.get("/search/", {"q": "کهکشان"}).status_code == 200


def test_a_line_that_a_killed_process_left_half_written_spoils_nothing(site, client):
    search(client, "کهکشان", SHOWN_FROM)
    with (Path(missed.settings.SPOOL_DIR) / "missed-searches.jsonl").open("a", encoding="utf-8") as spool:
        spool.write('"نیمه')
    missed.add_up()
    assert shown() == [("کهکشان", SHOWN_FROM)]


def test_a_flood_does_not_fill_the_disk(site, client, monkeypatch):
    monkeypatch.setattr(missed, "SPOOL_LIMIT", 100)
    search(client, "کهکشان راه شیری", 30)
    assert (Path(missed.settings.SPOOL_DIR) / "missed-searches.jsonl").stat().st_size < 200


def test_what_is_old_is_forgotten(site):
    today = timezone.localdate()
    for digest, text, days in (("a", "", 29), ("b", "", 31), ("c", "کهکشان", 179), ("d", "سیاره", 181)):
        MissedSearch.objects.create(
            digest=digest, text=text, count=9, last_missed=today - datetime.timedelta(days=days)
        )
    missed.add_up()
    assert {row.digest for row in MissedSearch.objects.all()} == {"a", "c"}


def test_the_scheduler_does_the_counting():
    assert missed.add_up in [job.func for job in schedule.jobs()]


def test_the_pr_head_sees_the_report_and_forgets_a_line(pr_head):
    row = MissedSearch.objects.create(digest="a", text="کهکشان", count=12, last_missed=timezone.localdate())
    MissedSearch.objects.create(digest="b", text="", count=2, last_missed=timezone.localdate())
    html = BeautifulSoup(pr_head.get("/admin/reports/missed-searches/").content, "html.parser")
    assert len(html.select("main tbody tr")) == 1
    assert "کهکشان" in html.select_one("main tbody").get_text()
    assert "۱۲" in html.select_one("main tbody").get_text()
    forget = html.select_one("a[href$='/forget/']")["href"]
    assert pr_head.get(forget).status_code == 200
    assert MissedSearch.objects.filter(pk=row.pk).exists(), "looking is not forgetting"
    pr_head.post(forget)
    assert not MissedSearch.objects.filter(pk=row.pk).exists()


def test_those_without_the_right_see_no_report(news_officer, answering_officer):
    for staff in (news_officer, answering_officer):
        assert staff.get("/admin/reports/missed-searches/").status_code == 302
        assert "missed-searches" not in staff.get("/admin/").content.decode()


def test_the_report_can_be_taken_along(pr_head):
    MissedSearch.objects.create(digest="a", text="کهکشان", count=12, last_missed=timezone.localdate())
    answer = pr_head.get("/admin/reports/missed-searches/", {"export": "csv"})
    assert "کهکشان" in b"".join(answer.streaming_content).decode("utf-8-sig")
