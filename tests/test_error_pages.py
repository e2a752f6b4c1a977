"""Bad input gets a clear Persian page: never an English one, never a 500."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError

from pages import errors


def assert_persian(response, status: int) -> None:
    assert response.status_code == status
    html = response.content.decode()
    assert 'lang="fa"' in html
    assert 'dir="rtl"' in html


@pytest.mark.parametrize(
    "address",
    ["/nowhere/", "/news/no-such-item/", "/%00/", "/mission/%00", "/..%2f..%2fetc/passwd", "/صفحهٔ-نبوده/"],
)
def test_an_unknown_address(site, client, address):
    response = client.get(address)
    assert_persian(response, 404)
    assert "/search/" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/mission/", "/goals/", "/search/"])
def test_a_page_that_is_only_read_refuses_a_post(site, client, address):
    response = client.post(address, {"x": "1"})
    assert_persian(response, 405)
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", ["/", "/mission/", "/search/", "/robots.txt", "/sitemap.xml", "/healthz"])
def test_a_wrong_method_is_told_so_even_without_a_token(site, visitor, address, method):
    response = getattr(visitor, method)(address)
    assert_persian(response, 405)
    assert "GET" in response["Allow"]


def test_the_contact_page_takes_posts_and_nothing_else(site, visitor):
    assert_persian(visitor.put("/contact/"), 405)


def test_a_post_to_nowhere_is_told_that_there_is_nothing(site, visitor):
    assert_persian(visitor.post("/nowhere/"), 404)


def test_a_form_without_its_token(site, visitor):
    assert_persian(visitor.post("/admin/login/", {"username": "x", "password": "y"}), 403)


def test_a_body_that_is_too_large(site, visitor):
    body = "message=" + "a" * (2 * 1024 * 1024)
    response = visitor.post("/contact/", body, content_type="application/x-www-form-urlencoded")
    assert_persian(response, 413)


def test_too_many_fields(site, visitor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    assert_persian(visitor.post("/contact/", {f"f{n}": "1" for n in range(20)}), 413)


def test_a_request_that_makes_no_sense(site, rf):
    request = rf.get("/")
    assert_persian(errors.bad_request(request, SuspiciousOperation("?")), 400)


def test_a_refused_request(site, rf):
    assert_persian(errors.permission_denied(rf.get("/"), Exception()), 403)


def test_a_crash_has_a_page_that_needs_no_database(rf, django_assert_num_queries):
    assert_persian(errors.server_error(rf.get("/")), 500)


def test_an_error_page_while_the_database_is_away(db, rf, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("could not connect")

    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
        response = errors.page_not_found(rf.get("/nowhere/"), Exception())
    assert_persian(response, 404)


def test_a_bare_answer_keeps_its_headers(site, client):
    assert client.post("/mission/")["Allow"] == "GET, HEAD, OPTIONS"
