"""What was given up, e-mail or text message: it stands in a list, is sent again or set aside there, and is counted until then."""

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from contact.letters import reference
from outbox.delivery import deliver_due, fitness
from outbox.mail import queue_mail
from outbox.models import OutgoingMail, OutgoingSms, State
from outbox.sms import queue_sms
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory

pytestmark = pytest.mark.django_db

LISTS = {OutgoingMail: "/admin/outgoing-mail/", OutgoingSms: "/admin/outgoing-sms/"}
BOTH = pytest.mark.parametrize("model", LISTS)


@pytest.fixture
def keeper(db):
    return log_in("مدیر سامانه")


@pytest.fixture(autouse=True)
def gateway(settings):
    settings.SMS_URL = "console:"


def given_up(model, **more):
    """One that its server refused to the end."""
    if model is OutgoingMail:
        row = queue_mail(
            to=["sara@example.com"], subject="پاسخ شما", text="متن محرمانه", kind="reply", **more
        )
    else:
        row = queue_sms(to="+989120000000", text="متن محرمانه", kind="receipt", **more)
    row.state, row.refusals, row.attempts, row.last_error = (
        State.DEAD,
        8,
        9,
        "Refused: the gateway answered 400",
    )
    row.save()
    return row


def told(response):
    return [str(message) for message in response.context["messages"]]


@BOTH
def test_the_list_shows_who_and_why_and_no_text(keeper, model):
    given_up(model)
    for address in (
        LISTS[model],
        LISTS[model] + "?state=dead",
        LISTS[model] + "results/",
        LISTS[model] + "?q=400",
    ):
        page = page_of(keeper.get(address))
        assert ("sara@example.com" if model is OutgoingMail else "۰۹۱۲۰۰۰۰۰۰۰") in page
        assert "the gateway answered 400" in page
        assert "ارسال دوباره" in page
        assert "متن محرمانه" not in page


@BOTH
def test_one_is_sent_again_as_if_nobody_had_refused_it(keeper, model):
    row, other = given_up(model), given_up(model)
    response = keeper.post(LISTS[model] + "act/", {"pk": row.pk, "again": ""}, follow=True)
    assert "۱ مورد دوباره فرستاده می‌شود." in page_of(response)
    row.refresh_from_db()
    assert (row.state, row.refusals) == (State.QUEUED, 0)
    assert row.next_try_at <= timezone.now()
    assert deliver_due() == 1
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == (State.SENT, State.DEAD)
    again = keeper.post(LISTS[model] + "act/", {"pk": row.pk, "again": ""}, follow=True)
    assert "کاری نماند" in told(again)[0]
    assert deliver_due() == 0, "what was sent is not sent twice"


@BOTH
def test_one_is_set_aside_and_counted_no_more(keeper, model):
    row, _other = given_up(model), given_up(model)
    assert fitness() == (True, "0 waiting, 2 given up")
    keeper.post(LISTS[model] + "act/", {"pk": row.pk, "aside": ""})
    row.refresh_from_db()
    assert row.state == State.ASIDE
    assert row.last_error, "it stays in the list, with its reason"
    assert fitness() == (True, "0 waiting, 1 given up")
    assert "کنار گذاشته‌شده" in page_of(keeper.get(LISTS[model] + "?state=aside"))
    assert deliver_due() == 0


@BOTH
@pytest.mark.parametrize(("act", "state"), [("again", State.QUEUED), ("aside", State.ASIDE)])
def test_all_are_done_with_at_once_and_others_stay_as_they_are(keeper, model, act, state):
    rows = [given_up(model) for _row in range(3)]
    sent = given_up(model)
    sent.state = State.SENT
    sent.save()
    page = page_of(keeper.get(LISTS[model]))
    assert "ارسال دوبارهٔ همه" in page
    keeper.post(LISTS[model] + "act/", {act: ""})
    assert set(model.objects.filter(pk__in=[row.pk for row in rows]).values_list("state", flat=True)) == {
        state
    }
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert "ارسال دوبارهٔ همه" not in page_of(keeper.get(LISTS[model]))


def test_a_mail_to_nobody_can_only_be_set_aside(keeper):
    mail = queue_mail(to=["نشانی نیست"], subject="پاسخ", text="متن", kind="reply")
    page = page_of(keeper.get(LISTS[OutgoingMail]))
    assert 'name="aside"' in page
    assert 'name="again"' not in page
    keeper.post(LISTS[OutgoingMail] + "act/", {"again": ""})
    mail.refresh_from_db()
    assert mail.state == State.DEAD
    assert deliver_due() == 0
    assert django_mail.outbox == []


@BOTH
def test_nonsense_changes_nothing(keeper, model):
    row = given_up(model)
    for data in (
        {"pk": row.pk},
        {"pk": "x", "again": ""},
        {"pk": "۱", "aside": ""},
        {"pk": 10**30, "again": ""},
        {},
    ):
        assert keeper.post(LISTS[model] + "act/", data).status_code == 302
    assert keeper.get(LISTS[model] + "act/").status_code == 405
    row.refresh_from_db()
    assert row.state == State.DEAD


@BOTH
@pytest.mark.parametrize("group", ["کارشناس خبر", "کارشناس پاسخ‌گویی"])
def test_others_may_not(group, model):
    client = log_in(group)
    row = given_up(model)
    assert client.get(LISTS[model]).status_code == 302
    assert client.get(LISTS[model] + "results/").status_code == 302
    client.post(LISTS[model] + "act/", {"pk": row.pk, "again": ""})
    row.refresh_from_db()
    assert row.state == State.DEAD
    assert "outgoing" not in page_of(client.get("/admin/"))


@pytest.mark.parametrize("group", ["مدیر سامانه", "مسئول روابط عمومی"])
def test_the_first_page_of_the_admin_counts_them_and_leads_there(group, small_site):
    client = log_in(group)
    assert "آنچه نرسیده است" not in page_of(client.get("/admin/"))
    given_up(OutgoingMail)
    given_up(OutgoingSms)
    given_up(OutgoingSms)
    page = page_of(client.get("/admin/"))
    assert "۱ رایانامه فرستاده نشد" in page
    assert "۲ پیامک فرستاده نشد" in page
    assert "/admin/outgoing-sms/?state=dead" in page


def test_the_menu_has_text_messages_where_a_gateway_is_named(keeper, settings):
    assert "outgoing-sms" in page_of(keeper.get("/admin/"))
    settings.SMS_URL = ""
    assert "outgoing-sms" not in page_of(keeper.get("/admin/"))


@BOTH
def test_its_case_shows_it_until_somebody_has_seen_to_it(head, ours, model):
    case = MessageFactory(topic=ours)
    row = given_up(model, reference=reference(case))
    address = f"/admin/desk/{case.pk}/"
    page = page_of(head.get(address))
    assert "نرسیده است؛ پایین‌تر را ببینید" in page
    assert "the gateway answered 400" in page
    assert ("پاسخ شما" if model is OutgoingMail else "پیامک") in page
    head.post(LISTS[model] + "act/", {"pk": row.pk, "aside": ""})
    page = page_of(head.get(address))
    assert "نرسیده است؛ پایین‌تر را ببینید" not in page
    assert "کنار گذاشته‌شده" in page


@BOTH
def test_more_rows_take_no_more_queries(keeper, model, django_assert_max_num_queries):
    for _row in range(30):
        given_up(model)
    keeper.get(LISTS[model])
    with django_assert_max_num_queries(14):
        keeper.get(LISTS[model])
