"""Security headers of every answer, and what becomes of the reports on them."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from operations import csp_report
from operations.headers import SecurityHeadersMiddleware


def policy(answer):
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("address", ["/healthz", "/media/nothing.png"])
def test_public_addresses_have_the_strict_policy(client, db, address):
    answer = client.get(address)
    found = policy(answer)
    if "sandbox" not in found:
        assert found["default-src"] == ["'none'"]
        assert found["script-src"] == found["style-src"] == ["'self'"]
        assert found["frame-ancestors"] == found["base-uri"] == ["'none'"]
        assert found["report-uri"] == ["/csp-report/"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] in ("same-origin", "strict-origin-when-cross-origin")
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Reporting-Endpoints"] == 'csp="/csp-report/"'


def test_the_policy_is_as_strict_for_a_public_page_that_staff_look_at(admin_client):
    assert "unsafe" not in admin_client.get("/healthz")["Content-Security-Policy"]


def test_the_admin_has_a_policy_of_its_own_which_names_no_other_host(client, db):
    found = policy(client.get("/admin/login/"))
    assert found["frame-ancestors"] == ["'self'"], "previews are framed by the admin itself"
    assert not [source for sources in found.values() for source in sources if "unsafe-eval" in source]
    assert not [source for sources in found.values() for source in sources if "//" in source or source == "*"]


def test_a_view_that_sets_its_own_headers_keeps_them():
    def view(request):
        return HttpResponse(headers={"Content-Security-Policy": "sandbox", "Referrer-Policy": "no-referrer"})

    answer = SecurityHeadersMiddleware(view)(RequestFactory().get("/"))
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_an_address_that_only_begins_like_the_admin_is_public():
    answer = SecurityHeadersMiddleware(lambda request: HttpResponse())(
        RequestFactory().get("/administration/")
    )
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.fixture
def fresh_window(monkeypatch):
    monkeypatch.setattr(csp_report, "_window", {"began": float("-inf"), "written": 0, "dropped": 0})


REPORT = {
    "csp-report": {
        "document-uri": "https://hamyari.example/contact/?name=مریم&q=secret#here",
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?token=1",
    }
}


def post_report(visitor, body, content_type="application/csp-report"):
    return visitor.post("/csp-report/", body, content_type=content_type)


def test_a_report_becomes_one_log_line_without_what_the_visitor_typed(visitor, fresh_window, caplog):
    # There is no database in this test: storing anything would be an error.
    answer = post_report(visitor, json.dumps(REPORT))
    assert answer.status_code == 204
    assert caplog.messages == [
        "content policy: script-src-elem stopped https://evil.example/x.js on https://hamyari.example/contact/"
    ]


def test_reports_of_newer_browsers_are_understood(visitor, fresh_window, caplog):
    body = [{"type": "csp-violation", "body": {"effectiveDirective": "img-src", "blockedURL": "data"}}]
    assert post_report(visitor, json.dumps(body), "application/reports+json").status_code == 204
    assert caplog.messages == ["content policy: img-src stopped data on ?"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"17",
        b"[[[[",
        b'{"csp-report": 3}',
        b"[" * 16000,
        b'{"body": {"blockedURL": "http://["}}',
    ],
)
def test_a_report_that_makes_no_sense_does_no_harm(visitor, fresh_window, caplog, body):
    assert post_report(visitor, body).status_code == 204
    assert len(caplog.messages) == 1


def test_a_report_cannot_write_lines_of_its_own(visitor, fresh_window, caplog):
    report = {
        "csp-report": {"effective-directive": "x\n2026-01-01 ERROR root: all is lost\u202e" + "y" * 9000}
    }
    post_report(visitor, json.dumps(report))
    (line,) = caplog.messages
    assert "\n" not in line
    assert "\u202e" not in line
    assert len(line) < 300


def test_a_report_that_is_too_large_is_refused(visitor, fresh_window):
    assert post_report(visitor, b"x" * (csp_report.MAX_BODY + 1)).status_code == 413


def test_many_reports_fill_no_disk(visitor, fresh_window, caplog, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(csp_report.time, "monotonic", lambda: now[0])
    for _ in range(50):
        assert post_report(visitor, json.dumps(REPORT)).status_code == 204
    assert len(caplog.messages) == csp_report.MAX_LINES_PER_MINUTE
    caplog.clear()
    now[0] += 61
    post_report(visitor, json.dumps(REPORT))
    assert caplog.messages[0] == "content policy: 40 more reports in the last minute"


def test_reports_come_by_post_only(client, db):
    assert client.get("/csp-report/").status_code == 405
