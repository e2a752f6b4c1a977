"""The first administrator: a one-time link makes one account, once, and only while there is none."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from operations.first_admin import KEEPERS_GROUP, InvalidLinkError, is_needed, make_link
from operations.models import FirstAdminLink

GOOD = {
    "username": "keeper",
    "first_name": "مریم",
    "last_name": "رضایی",
    "email": "keeper@example.org",
    "password1": "نهال سبز کنار جوی",
    "password2": "نهال سبز کنار جوی",
}


def path(link):
    return link[link.index("/admin/") :]


@pytest.fixture
def address(db):
    return path(make_link())


def users():
    return get_user_model().objects


def submit(visitor, address, **changes):
    """Open the form as a browser does, fill it in and send it."""
    page = visitor.get(address)
    token = page.context["csrf_token"]
    return visitor.post(address, GOOD | changes | {"csrfmiddlewaretoken": str(token)})


def test_the_form_is_persian_and_right_to_left(visitor, address):
    page = visitor.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert 'lang="fa"' in text
    assert 'dir="rtl"' in text
    for field in GOOD:
        assert f'name="{field}"' in text
    assert page["Referrer-Policy"] == "same-origin", "the token in the address stays here"
    assert "no-store" in page["Cache-Control"]


def test_a_filled_form_makes_the_administrator_and_lets_them_in(visitor, address):
    Group.objects.get_or_create(name=KEEPERS_GROUP)
    answer = submit(visitor, address)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    user = users().get()
    assert user.is_superuser
    assert user.get_full_name() == "مریم رضایی"
    assert user.check_password(GOOD["password1"])
    assert list(user.groups.values_list("name", flat=True)) == [KEEPERS_GROUP]
    assert visitor.session["_auth_user_id"] == str(user.pk)


def test_the_link_works_once(visitor, address):
    submit(visitor, address)
    again = visitor.get(address)
    assert again.status_code == 410
    assert Client().post(address, GOOD | {"username": "second"}).status_code == 410
    assert users().count() == 1
    assert not FirstAdminLink.objects.exists()


def test_opening_the_link_uses_nothing_up(visitor, address):
    for _ in range(3):
        assert visitor.get(address).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": ""}, "username"),
        ({"email": "keeper"}, "email"),
        ({"last_name": ""}, "last_name"),
        ({"password2": "چیز دیگر"}, "password2"),
        ({"password1": "12345", "password2": "12345"}, "password1"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(visitor, address, changes, field):
    answer = submit(visitor, address, **changes)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "login-form" not in text, "Wagtail hides the errors of fields in a form of that class"
    assert "رضایی" in text or field == "last_name"
    assert GOOD["password1"] not in text, "passwords are typed again"
    assert users().count() == 0
    assert submit(visitor, address).status_code == 302, "the link still works"


def test_a_form_from_elsewhere_is_refused(visitor, address):
    assert visitor.post(address, GOOD).status_code == 403
    assert users().count() == 0


def test_a_wrong_token_is_refused(visitor, address):
    assert visitor.get(address[:-3] + "xx/").status_code == 410
    assert visitor.get("/admin/first-admin/x/").status_code == 410


def test_an_old_link_is_refused(visitor, address):
    FirstAdminLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert visitor.get(address).status_code == 410


def test_a_new_link_ends_the_one_before(visitor, address):
    newer = path(make_link())
    assert visitor.get(address).status_code == 410
    assert visitor.get(newer).status_code == 200


def test_the_token_is_not_kept(address):
    token = address.rstrip("/").rpartition("/")[2]
    assert token not in str(FirstAdminLink.objects.values().get())


def test_with_an_administrator_there_is_no_link(visitor, address, admin_user):
    assert not is_needed()
    assert visitor.get(address).status_code == 410
    with pytest.raises(InvalidLinkError):
        make_link()
    with pytest.raises(CommandError, match="administrator already"):
        call_command("first_admin_link")


def test_an_administrator_who_was_shut_out_does_not_count(db, admin_user):
    users().update(is_active=False)
    assert is_needed()


def test_the_keeper_can_print_a_link(db, capsys, settings, visitor):
    call_command("first_admin_link")
    printed = capsys.readouterr().out.split()[-1]
    assert printed.startswith(settings.SITE_URL + "/admin/first-admin/")
    assert visitor.get(path(printed)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_the_same_moment_make_one_administrator():
    address = path(make_link())
    start, answers = threading.Barrier(2), []

    def post(name):
        start.wait()
        answers.append(Client().post(address, GOOD | {"username": name}).status_code)
        connection.close()

    threads = [threading.Thread(target=post, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [302, 410]
    assert users().count() == 1
