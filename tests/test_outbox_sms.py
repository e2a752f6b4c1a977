"""Text messages: off by default, and as sure as e-mails where a gateway is named."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from contact.letters import reference
from outbox import delivery, sms, withheld
from outbox.delivery import deliver_due, fitness
from outbox.models import OutgoingSms, State
from outbox.sms import queue_sms
from tests.factories import MessageFactory

pytestmark = pytest.mark.django_db


def queue(text="پیام شما ثبت شد. {to} & تمام", **more):
    return queue_sms(to="+989120000000", text=text, kind="received", **more)


@pytest.fixture
def gateway(settings):
    """A gateway that answers `status`, or nothing at all when that is None."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.asked.append((self.path, parse_qs(body.decode()), self.headers))
            if self.server.status is None:
                return
            self.send_response(self.server.status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked, server.status = [], 200
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.SMS_URL = (
            f"http://unit:p%40ss@127.0.0.1:{server.server_port}/v1/send?"
            "receptor={to}&full={to_international}&message={text}&sender=3000&localid={id}"
        )
        yield server
        server.shutdown()


def test_without_a_gateway_nothing_is_kept(settings):
    assert settings.SMS_URL == ""
    assert queue() is None
    assert not OutgoingSms.objects.exists()


def test_the_gateway_gets_a_form_with_everything_filled_in(gateway):
    row = queue()
    assert deliver_due() == 1
    assert deliver_due() == 0
    ((path, form, headers),) = gateway.asked
    assert path == "/v1/send"
    assert form == {
        "receptor": ["09120000000"],
        "full": ["+989120000000"],
        "message": ["پیام شما ثبت شد. {to} & تمام"],
        "sender": ["3000"],
        "localid": [str(row.key)],
    }
    assert headers["Authorization"] == "Basic dW5pdDpwQHNz"
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.SENT, 1)


@pytest.mark.parametrize("status", [500, 503, 429, 408, 302, None])
def test_trouble_of_the_gateway_costs_time_only(gateway, status):
    row = queue()
    gateway.status = status
    for _try in range(5):
        assert deliver_due() == 0
        OutgoingSms.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    gateway.status = 200
    assert deliver_due() == 1
    assert {asked[1]["localid"][0] for asked in gateway.asked} == {str(row.key)}, "one key throughout"


def test_a_gateway_that_is_away_is_asked_once_a_run(settings):
    settings.SMS_URL = "http://127.0.0.1:9/send?to={to}"
    queue()
    queue()
    assert deliver_due() == 0
    assert sum(OutgoingSms.objects.values_list("attempts", flat=True)) == 1


def test_a_refused_message_is_given_up_and_shown_on_its_case(gateway):
    case = MessageFactory()
    row = queue(reference=reference(case))
    gateway.status = 400
    for _try in range(len(delivery.REFUSED_BACK_OFF) + 1):
        deliver_due()
        OutgoingSms.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    row.refresh_from_db()
    assert row.state == State.DEAD
    assert "400" in case.timeline.get(kind="mail_failed").text
    assert "p@ss" not in row.last_error
    assert fitness() == (True, "0 waiting, 1 given up")


def test_secrets_are_written_in_when_it_is_sent(gateway, monkeypatch):
    monkeypatch.setitem(withheld._sources, "test", {"7": "۱۲۳۴"}.get)
    row = queue(text="رمز: [[secret]]", withheld={"[[secret]]": ("test", "7")})
    assert "۱۲۳۴" not in row.text
    deliver_due()
    assert gateway.asked[0][1]["message"] == ["رمز: ۱۲۳۴"]


def test_for_developers_it_stands_in_the_log(settings, caplog):
    settings.SMS_URL = "console:"
    queue()
    assert deliver_due() == 1
    assert "پیام شما ثبت شد" in caplog.text


def test_messages_that_nobody_tries_are_unfit(gateway):
    queue()
    OutgoingSms.objects.update(next_try_at=timezone.now() - timedelta(hours=1))
    assert not fitness()[0]


def test_a_long_text_is_cut(gateway):
    assert len(queue("ن" * 5000).text) == sms.LONGEST
