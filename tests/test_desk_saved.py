"""Lists that staff save: filter, search and order under a name of their own."""

from urllib.parse import urlencode

import pytest

from contact.desk.saved import MOST
from contact.models.casework import SavedFilter
from tests.desk_fixtures import log_in, page_of, titles
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.django_db
SAVED = "/admin/desk/saved/"


def save(client, name="شکایت‌های باز", query="kind=complaint", **data):
    return client.post(SAVED, {"do": "save", "name": name, "query": query, **data}, follow=True)


def test_a_list_is_saved_as_it_is_shown_and_opened_by_its_name(officer, ours):
    MessageFactory(topic=ours, title="نیمکت دوم", kind="complaint", deadline="2026-11-24")
    MessageFactory(topic=ours, title="نیمکت یکم", kind="complaint", deadline="2026-11-23")
    MessageFactory(topic=ours, title="نیمکت سوم", kind="complaint", deadline="2026-11-25")
    MessageFactory(topic=ours, title="نیمکت دیگر", kind="question", deadline="2026-11-23")
    asked = {
        "kind": "complaint",
        "q": "نیمکت",
        "deadline_from": "۱۴۰۵/۹/۲",
        "deadline_to": "1405-09-03",
        "created_at_from": "",
        "ordering": "-deadline",
        "p": "1",
        "next": "https://evil.example/",
    }
    shown = officer.get("/admin/desk/", asked)
    query = shown.context["to_save"]
    assert f'value="{query.replace("&", "&amp;")}"' in page_of(shown)
    assert titles(save(officer, "نیمکت‌های این هفته", query)) == ["نیمکت دوم", "نیمکت یکم"]
    saved = SavedFilter.objects.get()
    assert (saved.user, saved.name) == (officer.user, "نیمکت‌های این هفته")
    assert "evil" not in saved.query
    assert "p=" not in saved.query
    offered = officer.get("/admin/desk/").context["saved_lists"]
    assert [(one["name"], one["is_current"]) for one in offered] == [("نیمکت‌های این هفته", False)]
    opened = officer.get(offered[0]["url"])
    assert titles(opened) == ["نیمکت دوم", "نیمکت یکم"]
    assert opened.context["saved_lists"][0]["is_current"]


def test_everybody_has_their_own(officer, head, ours):
    save(officer)
    saved = SavedFilter.objects.get()
    assert "شکایت‌های باز" not in page_of(head.get("/admin/desk/?block=all"))
    assert "شکایت‌های باز" not in page_of(head.get(SAVED))
    for do in ("rename", "delete"):
        assert head.post(SAVED, {"do": do, "list": saved.pk, "name": "ربوده"}).status_code == 404
    save(head)
    assert SavedFilter.objects.filter(name="شکایت‌های باز").count() == 2


def test_a_name_is_used_once_and_nothing_typed_is_lost(officer, ours):
    save(officer)
    for name, query in (
        ("شکایت‌های باز", "kind=question"),
        ("", "kind=question"),
        ("ن" * 61, "kind=question"),
    ):
        refused = save(officer, name, query)
        assert refused.context["form"].errors["name"]
        assert 'value="kind=question"' in page_of(refused)
        assert f'value="{name}"' in page_of(refused) or not name
    save(officer)  # the same once more
    assert SavedFilter.objects.get().query == "kind=complaint"


@pytest.mark.parametrize(
    "query",
    ["", "p=2", "next=//evil.example", "kind=nothing", "unit=999999", "deadline_from=فردا", "q=" + "ن" * 400],
)
def test_what_the_list_does_not_understand_is_not_saved(officer, ours, query):
    refused = save(officer, "بی‌معنا", urlencode([tuple(query.split("=", 1))]) if query else "")
    assert refused.context["form"].errors
    assert "بی‌معنا" in page_of(refused)
    assert not SavedFilter.objects.exists()


def test_there_is_room_for_twenty(officer, ours):
    for number in range(MOST):
        SavedFilter.objects.create(user=officer.user, name=f"فهرست {number}", query="kind=complaint")
    assert "۲۰" in str(save(officer, "یکی دیگر").context["form"].errors)
    assert "فهرست ۰" not in str(save(officer, "فهرست 0").request)
    assert SavedFilter.objects.count() == MOST


def test_own_lists_are_renamed_and_deleted(officer, ours):
    save(officer)
    save(officer, "پرسش‌ها", "kind=question")
    first = SavedFilter.objects.get(query="kind=complaint")
    officer.post(SAVED, {"do": "rename", "list": first.pk, "name": "شکایت‌ها"})
    assert "شکایت‌ها" in page_of(officer.get("/admin/desk/"))
    for taken in ("پرسش‌ها", "", "ن" * 61):
        refused = page_of(officer.post(SAVED, {"do": "rename", "list": first.pk, "name": taken}))
        assert f'value="{taken}"' in refused
        assert "ذخیره نشد" in refused
    first.refresh_from_db()
    assert first.name == "شکایت‌ها"
    officer.post(SAVED, {"do": "delete", "list": first.pk})
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["پرسش‌ها"]
    for key in (first.pk, "", "۱", "x", "9" * 30):
        assert officer.post(SAVED, {"do": "delete", "list": key}).status_code == 404


def test_an_old_query_leads_to_the_desk_only(officer, ours):
    SavedFilter.objects.create(
        user=officer.user, name="کهنه", query="//evil.example/?x=1&kind=complaint&old=2"
    )
    assert [one["url"] for one in officer.get("/admin/desk/").context["saved_lists"]] == [
        "/admin/desk/?kind=complaint"
    ]


def test_whoever_does_not_see_the_desk_saves_nothing(small_site, ours):
    client = log_in("کارشناس خبر")
    assert save(client).redirect_chain
    assert client.get(SAVED).status_code == 302
    assert not SavedFilter.objects.exists()
    assert not SavedFilter.objects.filter(user=UserFactory()).exists()
