"""A user name has one spelling, however it was made and with whatever keyboard it is typed."""

import io

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "پل-خواجو-۱۴۰۵"


def superuser(monkeypatch, name):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", username=name, email="a@example.ir", interactive=False, verbosity=0)
    return get_user_model().objects.get(email="a@example.ir")


def log_in(client, name):
    response = client.post(reverse("wagtailadmin_login"), {"username": name, "password": PASSWORD})
    return response.status_code == 302


@pytest.mark.parametrize("made", ["علي_كبيري", "علی_کبیری"])
@pytest.mark.parametrize("typed", ["علي_كبيري", "علی_کبیری"])
def test_who_is_made_by_a_command_logs_in_with_any_keyboard(client, monkeypatch, made, typed):
    assert superuser(monkeypatch, made).username == "علی_کبیری"
    assert log_in(client, typed)


def test_code_that_makes_users_spells_them_the_same(db):
    assert get_user_model().objects.create_user("كريمي").username == "کریمی"
    user = UserFactory.build(username="كريمي")
    user.clean()
    assert user.username == "کریمی"


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("علي", "علی"),  # from before this rule
        ("علي", "علي"),
        ("sara@example.ir", "Sara@Example.ir"),  # a telephone's keyboard begins with a capital
        ("kabiri85", "kabiri۸۵"),
        ("کبیری۸۵", "كبيري٨٥"),
        ("a.b+c", "A.b+c"),
    ],
)
def test_a_name_is_found_in_another_spelling(client, stored, typed):
    user = UserFactory(username=stored, is_superuser=True)
    user.set_password(PASSWORD)
    user.save()
    assert log_in(client, typed)


def test_of_two_that_fit_nobody_is_taken(db):
    for name in ("sara", "SARA"):
        UserFactory(username=name).set_password(PASSWORD)
    assert authenticate(username="Sara", password=PASSWORD) is None


@pytest.mark.parametrize("typed", [".*", "a|b", "[", "\\", "^$", "(", "", "\x00", "ی" * 500])
def test_what_is_typed_is_no_pattern(client, typed):
    UserFactory(username="ab")
    assert not log_in(client, typed)


def test_the_command_tells_that_a_name_is_taken(monkeypatch):
    UserFactory(username="کریمی")
    answers = iter(["كريمي", "مریم"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(answers, "m@example.ir"))
    monkeypatch.setattr("getpass.getpass", lambda prompt="": PASSWORD)
    errors = io.StringIO()

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    call_command(
        "createsuperuser", stdin=Terminal(), stdout=io.StringIO(), stderr=errors, email="m@example.ir"
    )
    assert errors.getvalue()
    assert get_user_model().objects.filter(username="مریم", is_superuser=True).exists()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    with pytest.raises(CommandError):
        call_command("createsuperuser", username="كريمي", email="b@example.ir", interactive=False)
