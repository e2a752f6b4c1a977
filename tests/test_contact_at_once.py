"""Two posts in the same moment: whatever they do to a case is done once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from contact import publishing
from contact.actions import common
from contact.actions.replies import ask_sender
from contact.letters import mails_of
from contact.links import make_token
from contact.links_mail import OUTSIDE
from contact.models import OneTimeLink, OutsideQuestion, PublicAnswer, Unit
from contact.recovery import send_links
from contact.workflow import Status, move
from outbox.models import OutgoingMail
from tests.desk_fixtures import log_in
from tests.factories import TopicFactory, UserFactory, contact_site
from tests.sample_files import pdf
from tests.test_contact_form import hidden_in, text_of
from tests.test_contact_track import CASE, enter, with_secret
from tests.test_contact_track_case import form_of
from tests.test_desk_reply import address, write

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CLICKS = 4


@pytest.fixture
def case():
    contact_site()
    Unit.objects.update(email="vahed@example.ir")
    return with_secret(topic=TopicFactory(unit=Unit.objects.get()), status=Status.IN_PROGRESS)


@pytest.fixture
def head(case):
    return log_in("مسئول روابط عمومی")


def at_once(post, clicks=CLICKS):
    """Let so many people press at the same moment; what each was answered."""
    start = threading.Barrier(clicks)

    def press(number):
        try:
            start.wait()
            return post(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(clicks) as pool:
        return [response.status_code for response in pool.map(press, range(clicks))]


def same_browser(client):
    """A browser of its own for each thread, with the same cookies."""
    other = Client()
    for name, cookie in client.cookies.items():
        other.cookies[name] = cookie.value
    return other


def kinds(case):
    return sorted(case.timeline.values_list("kind", flat=True))


def press_on_case(client, case, act, **typed):
    form = {**form_of(text_of(enter(client, case)), act), **typed}
    return at_once(lambda _number: same_browser(client).post(CASE, form))


def test_an_answer_is_taken_once(client, case):
    ask_sender(case, by=UserFactory(), text="نام خیابان چیست؟")
    assert set(press_on_case(client, case, "answer", text="خیابان نهم")) == {303}
    assert case.timeline.filter(kind="added").count() == 1
    assert mails_of(case).filter(kind="from_sender").count() == 1


def test_an_opinion_is_taken_once(client, case):
    move(case, Status.ANSWERED, None)
    assert set(press_on_case(client, case, "rate", satisfied="no", reasons="late", text="دیر")) == {303}
    assert case.timeline.filter(kind="rated").count() == 1
    assert mails_of(case).filter(kind="from_sender").count() == 1


def test_a_message_is_reopened_once(client, case):
    move(case, Status.ANSWERED, None)
    assert set(press_on_case(client, case, "reopen", text="حل نشد")) == {303}
    assert case.timeline.filter(to_status=Status.REOPENED).count() == 1
    assert mails_of(case).filter(kind="from_sender").count() == 1


def test_from_two_devices_it_is_reopened_once_too(client, case):
    """Each has a form of its own; the second finds that it is open already."""
    move(case, Status.ANSWERED, None)
    forms = [form_of(text_of(enter(client, case)), "reopen") for _device in range(CLICKS)]
    answers = at_once(lambda number: same_browser(client).post(CASE, {**forms[number], "text": "حل نشد"}))
    assert sorted(answers) == [200, 200, 200, 303]
    assert case.timeline.filter(to_status=Status.REOPENED).count() == 1


def test_a_link_takes_one_of_several_answers(client, case):
    ask_sender(case, by=UserFactory(), text="نام خیابان چیست؟")
    link = f"/contact/track/answer/{make_token('answer', OneTimeLink.objects.get())}/"
    forms = [hidden_in(text_of(client.get(link))) for _window in range(CLICKS)]
    at_once(
        lambda number: Client().post(
            link, {"form_token": forms[number]["form_token"], "text": f"خیابان {number}"}
        )
    )
    assert case.timeline.filter(kind="added").count() == 1


def test_a_link_for_a_lost_code_gives_one_secret(case):
    send_links(case.email)
    link = f"/contact/lost/{make_token('recover', OneTimeLink.objects.get())}/"
    answers = at_once(lambda _number: Client().post(link))
    assert sorted(answers) == [200, 200, 200, 303]
    case.refresh_from_db()
    assert case.secret_version == 2


def test_an_organization_answers_once(case):
    asked = OutsideQuestion.objects.create(
        message=case,
        organization="شرکت برق",
        email="b@example.ir",
        question="؟",
        expires_at="2099-01-01T00:00Z",
    )
    link = f"/contact/outside/{make_token(OUTSIDE, asked)}/"
    at_once(lambda number: Client().post(link, {"text": f"پاسخ {number}"}))
    assert case.timeline.filter(kind="outside_answer").count() == 1


def test_an_answer_of_the_unit_is_sent_once(head, case):
    write(head, case, uploads=SimpleUploadedFile("نقشه.pdf", pdf()))
    page = head.get(address(case))
    click = {
        "text": page.context["form"]["text"].value(),
        "to_status": "answered",
        "seen": page.context["seen"],
    }
    at_once(lambda _number: same_browser(head).post(address(case), {**click, "key": "k" * 32, "do": "send"}))
    assert kinds(case) == ["move", "received", "reply"]
    assert OutgoingMail.objects.filter(kind="reply").count() == 1


def test_two_colleagues_send_one_answer(head, case):
    write(head, case)
    page = head.get(address(case))
    click = {
        "text": page.context["form"]["text"].value(),
        "to_status": "answered",
        "seen": page.context["seen"],
    }
    at_once(
        lambda number: same_browser(head).post(
            address(case), {**click, "key": str(number) * 32, "do": "send"}
        )
    )
    assert case.timeline.filter(kind="reply").count() == 1
    assert OutgoingMail.objects.filter(kind="reply").count() == 1


def test_a_public_answer_is_approved_and_withdrawn_once(head, case):
    move(case, Status.ANSWERED, None)
    answer = publishing.draft(case, head.user, question="؟", details="", answer="بله")
    place = head.get(f"/admin/snippets/contact/publicanswer/inspect/{answer.pk}/").request["PATH_INFO"]
    at_once(lambda _number: same_browser(head).post(place, {"step": "approve"}))
    assert PublicAnswer.objects.approved().count() == 1
    assert case.timeline.filter(kind="published").count() == 2
    at_once(lambda _number: same_browser(head).post(place, {"step": "withdraw"}))
    assert case.timeline.filter(kind="published").count() == 3


def test_one_original_read_at_once_is_written_down_once(head, case):
    head.post(f"/admin/desk/{case.pk}/redact/", {"passages": "سلام", "reason": "آزمون"})
    place = f"/admin/desk/{case.pk}/originals/"
    assert set(at_once(lambda _number: same_browser(head).get(place))) == {200}
    assert case.timeline.filter(kind="original_read").count() == 1


def test_a_file_is_hidden_once(head, case):
    write(head, case, uploads=SimpleUploadedFile("نقشه.pdf", pdf()))
    head.post(
        address(case),
        {
            "text": head.get(address(case)).context["form"]["text"].value(),
            "to_status": "answered",
            "seen": head.get(address(case)).context["seen"],
            "do": "send",
        },
    )
    file = case.attachments.get()
    form = {"files": [file.pk], "reason": "آزمون"}
    place = f"/admin/desk/{case.pk}/redact/"
    at_once(lambda number: same_browser(head).post(place, {**form, "key": str(number) * 32}))
    assert case.originals.count() == 1
    assert case.timeline.filter(kind="redacted").count() == 1


@pytest.mark.parametrize("action", ["merge", "redact"])
def test_two_actions_that_reach_into_each_other_are_no_error_of_ours(head, case, monkeypatch, action):
    """Each holds its own case and waits for the other's; one of them is done, and the other is told to look again."""
    other = with_secret(topic=case.topic, status=Status.IN_PROGRESS)
    if action == "redact":
        other.split_from = case
        other.save()
    forms = {
        "merge": [{"code": each.tracking_code, "agreed": each.tracking_code} for each in (other, case)],
        "redact": [{"passages": "سلام", "reason": "آزمون"}] * 2,
    }[action]
    both = threading.Barrier(2)
    real = common.lock

    def lock_and_wait(pk):
        row = real(pk)
        with suppress(threading.BrokenBarrierError):  # on SQLite one writes at a time
            both.wait(1)
        return row

    monkeypatch.setattr(common, "lock", lock_and_wait)
    posts = [
        (f"/admin/desk/{each.pk}/{action}/", form) for each, form in zip((case, other), forms, strict=True)
    ]
    answers = at_once(lambda number: same_browser(head).post(*posts[number]), clicks=2)
    assert set(answers) <= {200, 302}
    assert 302 in answers
