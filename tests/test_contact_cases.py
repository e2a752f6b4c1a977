"""A message on the desk: what may be done with it, by whom, and what is remembered of it."""

import re

import pytest
from django.test import Client

from contact.models import Message, Topic, Unit
from contact.workflow import MOVES, MoveError, Status, move
from operations import checklist
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_move_and_a_note_are_remembered_with_who_and_when(officer, ours):
    message = MessageFactory(topic=ours)
    address = f"/admin/desk/{message.pk}/"
    assert officer.post(address, {"to": "in_progress", "note": "تماس گرفته شد"}).status_code == 302
    assert officer.post(address, {"note": "منتظر پاسخ واحد فنی"}).status_code == 302
    message.refresh_from_db()
    assert message.status == Status.IN_PROGRESS
    moved, noted = message.timeline.all()
    assert (moved.kind, moved.from_status, moved.to_status) == ("move", "received", "in_progress")
    assert moved.text == "تماس گرفته شد"
    assert noted.kind == "note"
    assert {moved.author, noted.author} == {officer.user}
    page = page_of(officer.get(address))
    assert "منتظر پاسخ واحد فنی" in page
    assert officer.user.get_full_name() in page
    officer.user.delete()
    noted.refresh_from_db()
    assert (noted.author, noted.author_name) == (None, "مریم اصفهانی")


def test_an_empty_note_is_refused_and_a_long_one_kept(officer, ours):
    message = MessageFactory(topic=ours)
    address = f"/admin/desk/{message.pk}/"
    assert officer.post(address, {"note": " "}).context["form"].errors
    response = officer.post(address, {"note": "ی" * 4001})
    assert "ی" * 4001 in page_of(response)
    assert message.timeline.count() == 0


def test_a_refused_note_is_told_at_the_top_of_the_page_and_beside_the_field(officer, ours):
    message = MessageFactory(topic=ours)
    response = officer.post(f"/admin/desk/{message.pk}/", {"note": ""})
    error = response.context["form"].errors["note"][0]
    (shown,) = response.context["messages"]
    assert shown.level_tag == "error"
    assert error in shown.message
    assert page_of(response).count(error) == 2


def test_a_move_that_is_not_allowed_changes_nothing_and_keeps_the_note(officer, ours):
    message = MessageFactory(topic=ours, status=Status.CLOSED)
    response = officer.post(f"/admin/desk/{message.pk}/", {"to": "spam", "note": "یادداشت بلند"})
    assert "یادداشت بلند" in page_of(response)
    message.refresh_from_db()
    assert message.status == Status.CLOSED
    assert message.timeline.count() == 0
    assert officer.post(f"/admin/desk/{message.pk}/", {"to": "burnt"}).context["form"].errors


def test_only_the_buttons_of_allowed_moves_are_shown(officer, ours):
    message = MessageFactory(topic=ours, status=Status.ANSWERED)
    page = page_of(officer.get(f"/admin/desk/{message.pk}/"))
    assert re.findall(r'name="to" value="(\w+)"', page) == ["closed", "reopened"]


def test_a_post_needs_its_csrf_token(officer, ours):
    message = MessageFactory(topic=ours)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer.user)
    assert strict.post(f"/admin/desk/{message.pk}/", {"to": "spam"}).status_code == 403
    message.refresh_from_db()
    assert message.status == Status.RECEIVED


def test_whoever_may_only_read_changes_nothing(ours):
    message = MessageFactory(topic=ours)
    reader = log_in(unit=ours.unit, permissions=["wagtailadmin.access_admin", "contact.view_message"])
    address = f"/admin/desk/{message.pk}/"
    assert 'name="to"' not in page_of(reader.get(address))
    reader.post(address, {"to": "spam", "note": "x"})
    message.refresh_from_db()
    assert message.status == Status.RECEIVED
    assert message.timeline.count() == 0


def test_everything_typed_is_inert_and_isolated(officer, ours):
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    message = MessageFactory(topic=ours, title=attack[:150], body=attack, name=attack)
    message.timeline.create(kind="note", text=attack)
    for address in ("/admin/", "/admin/desk/", f"/admin/desk/{message.pk}/"):
        page = page_of(officer.get(address))
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    assert f'<bdi dir="ltr">{message.code_display}</bdi>' in page
    assert 'dir="auto"' in page


# The table of moves


@pytest.mark.parametrize("start", list(Status))
def test_the_table_is_what_move_obeys(start, ours):
    user = UserFactory()
    for to in Status:
        message = MessageFactory(topic=ours, status=start)
        if to in MOVES[start]:
            move(message, to, user, "به درخواست فرستنده")
            assert message.status == to
            assert message.timeline.count() == 1
        else:
            with pytest.raises(MoveError):
                move(message, to, user)
            assert message.timeline.count() == 0


def test_no_status_is_a_dead_end():
    assert all(MOVES[status] for status in Status)


def test_an_outdated_page_does_not_have_the_last_word(ours):
    message = MessageFactory(topic=ours)
    outdated = Message.objects.get(pk=message.pk)
    move(message, Status.SPAM, UserFactory())
    with pytest.raises(MoveError):
        move(outdated, Status.ANSWERED, UserFactory())
    assert outdated.status == Status.SPAM


# Topics, units, checklist


def test_open_and_new_messages(ours):
    for status in Status:
        MessageFactory(topic=ours, status=status)
    assert set(Message.objects.open().values_list("status", flat=True)) == {
        "received",
        "in_progress",
        "waiting",
        "reopened",
    }
    assert Message.objects.new().count() == 2


def test_topics_and_units_are_edited_in_the_admin(head, ours):
    assert ours.title in page_of(head.get("/admin/snippets/contact/topic/"))
    assert ours.unit.name in page_of(head.get("/admin/snippets/contact/unit/"))
    page_of(head.get(f"/admin/snippets/contact/topic/edit/{ours.pk}/"))
    user = log_in("کارشناس پاسخ‌گویی").user
    response = head.post(
        f"/admin/snippets/contact/unit/edit/{ours.unit.pk}/",
        {"name": "واحد ما", "email": "vahed@example.ir", "members": [user.pk]},
    )
    assert response.status_code == 302
    assert list(ours.unit.members.all()) == [user]


def test_a_units_members_are_offered_by_name_and_only_those_who_may_see_messages(head, ours):
    officer = log_in("کارشناس پاسخ‌گویی").user
    nameless = log_in("کارشناس پاسخ‌گویی").user
    type(nameless).objects.filter(pk=nameless.pk).update(first_name="", last_name="")
    chief = UserFactory(is_superuser=True)
    log_in("کارشناس خبر")
    log_in("مدیر سامانه")
    UserFactory(is_superuser=True, is_active=False)
    left = UserFactory(is_active=False)
    ours.unit.members.add(left)
    address = f"/admin/snippets/contact/unit/edit/{ours.unit.pk}/"
    offered = dict(head.get(address).context["form"].fields["members"].choices)
    labels = {getattr(value, "value", value): label for value, label in offered.items()}
    assert labels == {
        head.user.pk: "مریم اصفهانی",
        officer.pk: "مریم اصفهانی",
        nameless.pk: nameless.username,
        chief.pk: "مریم اصفهانی",
        left.pk: "مریم اصفهانی",
    }
    stranger = log_in("کارشناس خبر").user
    answer = head.post(address, {"name": "واحد ما", "members": [stranger.pk]})
    assert answer.context["form"].errors["members"]
    head.post(address, {"name": "واحد ما", "members": [left.pk, officer.pk]})
    assert set(ours.unit.members.all()) == {left, officer}
    new = dict(head.get("/admin/snippets/contact/unit/add/").context["form"].fields["members"].choices)
    assert len(new) == 4


def test_a_topic_with_messages_stays(ours):
    MessageFactory(topic=ours)
    admin = Client()
    admin.force_login(UserFactory(is_superuser=True, is_staff=True))
    addresses = [
        f"/admin/snippets/contact/topic/delete/{ours.pk}/",
        f"/admin/snippets/contact/unit/delete/{ours.unit.pk}/",
        f"/admin/bulk/contact/topic/delete/?id={ours.pk}",
        f"/admin/bulk/contact/unit/delete/?id={ours.unit.pk}",
    ]
    for address in addresses:
        assert admin.post(address).status_code == 302
    assert Topic.objects.filter(pk=ours.pk).exists()
    free = TopicFactory(unit=ours.unit)
    assert admin.post(f"/admin/snippets/contact/topic/delete/{free.pk}/").status_code == 302
    assert not Topic.objects.filter(pk=free.pk).exists()


def test_the_checklist_names_units_without_address_or_members(rf, small_site):
    def todo():
        request = rf.get("/")
        return [
            item
            for item in checklist.items(request)
            if "واحد روابط عمومی" in str(item.label) and not item.done
        ]

    assert len(todo()) == 2
    unit = Unit.objects.get(name="واحد روابط عمومی")
    unit.email = "vahed@example.ir"
    unit.save()
    unit.members.add(UserFactory())
    assert todo() == []
