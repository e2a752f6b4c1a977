"""A colleague is invited by a link, and nobody becomes mightier by managing accounts."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from hamyari_site import invitations
from hamyari_site.permissions import ANSWERING_OFFICER, KEEPER, NEWS_OFFICER, PR_HEAD
from operations.web_server import printable
from outbox.models import OutgoingMail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

GOOD_PASSWORD = "پل-خواجو-۱۴۰۵"
INVITE = "/admin/users/new/"


def log_in(user) -> Client:
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def member(group: str, **values):
    user = UserFactory(**values)
    user.set_password("پیشین-و-خوب-۱۲")
    user.save()
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def keeper():
    return log_in(member(KEEPER))


@pytest.fixture
def superuser():
    return log_in(UserFactory(is_superuser=True, password="md5$x$y"))


def invite(client, email="sara@example.ir", groups=(NEWS_OFFICER,)):
    return client.post(
        INVITE,
        {
            "first_name": "سارا",
            "last_name": "نصیري",
            "email": email,
            "groups": [group.pk for group in Group.objects.filter(name__in=groups)],
        },
    )


def invited(django_user_model):
    return django_user_model.objects.get(username="sara@example.ir")


def path_of(user) -> str:
    return re.sub(r"^https?://[^/]+", "", invitations.make_link(user))


@pytest.fixture
def sara(keeper, django_user_model):
    invite(keeper)
    return invited(django_user_model)


def test_an_invited_colleague_is_a_user_who_cannot_sign_in_yet(sara):
    assert sara.last_name == "نصیری"  # the Arabic letter was folded
    assert not sara.has_usable_password()
    assert not sara.is_superuser
    assert [group.name for group in sara.groups.all()] == [NEWS_OFFICER]


def test_the_inviter_sees_the_link_to_copy_whether_or_not_it_is_sent(keeper, settings, sara):
    address = reverse("wagtailusers_users:invitation", args=[sara.pk])
    for configured in (True, False):
        settings.EMAIL_CONFIGURED = configured
        answer = keeper.get(address)
        assert f'value="{settings.SITE_URL}/admin/invitation/' in answer.content.decode()
        assert answer.context["sent"] is configured
        assert "no-store" in answer["Cache-Control"]


def test_the_invitation_is_queued_as_mail_only_where_there_is_a_mail_server(keeper, settings):
    settings.EMAIL_CONFIGURED = False
    invite(keeper, "ali@example.ir")
    assert not OutgoingMail.objects.exists()
    settings.EMAIL_CONFIGURED = True
    invite(keeper)
    assert OutgoingMail.objects.count() == 1


def test_opening_the_link_changes_nothing_for_mail_scanners_open_links(visitor, sara):
    link = path_of(sara)
    for _ in range(3):
        page = visitor.get(link)
        assert page.status_code == 200
        assert 'name="new_password1"' in page.content.decode()
    assert visitor.head(link).status_code == 200
    sara.refresh_from_db()
    assert not sara.has_usable_password()
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_a_posted_password_signs_the_colleague_in_and_kills_the_link(sara):
    client, link = Client(), path_of(sara)
    answer = client.post(link, {"new_password1": GOOD_PASSWORD, "new_password2": GOOD_PASSWORD})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200
    sara.refresh_from_db()
    assert sara.check_password(GOOD_PASSWORD)
    assert Client().get(link).status_code == 410
    again = Client().post(link, {"new_password1": "دیگری-و-خوب-۱۲", "new_password2": "دیگری-و-خوب-۱۲"})
    assert again.status_code == 410


@pytest.mark.parametrize(
    ("first", "second"), [("12345678", "12345678"), ("sara", "sara"), (GOOD_PASSWORD, "x"), ("", "")]
)
def test_a_weak_or_mistyped_password_is_refused_in_persian(sara, first, second):
    answer = Client().post(path_of(sara), {"new_password1": first, "new_password2": second})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r"class=\"error-message\"|w-field__errors", page)
    assert not re.search("password is|This field|fields did", page)
    sara.refresh_from_db()
    assert not sara.has_usable_password()


@pytest.mark.parametrize(
    "link", ["/admin/invitation/MQ/abc-def/", "/admin/invitation/***/x/", "/admin/invitation/_w/x-y/"]
)
def test_a_made_up_link_gets_a_page_that_says_so(link, sara):
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"new_password1": GOOD_PASSWORD}).status_code == 410


def test_the_link_stays_out_of_the_web_servers_log(sara):
    link = path_of(sara)
    assert printable(link) == "/admin/invitation/..."


def test_the_link_dies_after_three_days(sara, monkeypatch):
    link = path_of(sara)
    monkeypatch.setattr(invitations.tokens, "_now", lambda: datetime.now() + timedelta(days=2, hours=23))
    assert Client().get(link).status_code == 200
    monkeypatch.setattr(invitations.tokens, "_now", lambda: datetime.now() + timedelta(days=3, minutes=1))
    assert Client().get(link).status_code == 410


def test_a_new_link_lets_the_one_before_die(keeper, sara):
    old = path_of(sara)
    assert keeper.post(reverse("wagtailusers_users:invitation", args=[sara.pk])).status_code == 302
    sara.refresh_from_db()
    assert Client().get(old).status_code == 410
    assert Client().get(path_of(sara)).status_code == 200


def test_a_colleague_who_was_deactivated_cannot_accept_any_more(sara):
    link = path_of(sara)
    sara.is_active = False
    sara.save()
    assert Client().get(link).status_code == 410


def test_whoever_has_accepted_gets_no_second_invitation(keeper, sara):
    sara.set_password(GOOD_PASSWORD)
    sara.save()
    address = reverse("wagtailusers_users:invitation", args=[sara.pk])
    assert keeper.get(address).url == "/admin/users/"
    keeper.post(address)
    sara.refresh_from_db()
    assert sara.check_password(GOOD_PASSWORD)


def test_a_link_that_resets_passwords_accepts_no_invitation(sara):
    from django.contrib.auth.tokens import default_token_generator

    key = path_of(sara).split("/")[3]
    assert (
        Client().get(f"/admin/invitation/{key}/{default_token_generator.make_token(sara)}/").status_code
        == 410
    )


def test_an_address_is_invited_once_however_it_is_written(keeper, sara):
    for email in ("sara@example.ir", "SARA@Example.ir"):
        answer = invite(keeper, email)
        assert answer.status_code == 200
        assert answer.context["form"].errors["email"]


@pytest.mark.parametrize("group", [PR_HEAD, NEWS_OFFICER, ANSWERING_OFFICER])
def test_only_who_manages_accounts_invites(group):
    client = log_in(member(group))
    assert client.get(INVITE).status_code == 302
    assert client.get(INVITE).url == "/admin/"
    invite(client)
    assert client.get("/admin/users/").status_code == 302


def test_a_keeper_cannot_invite_another_keeper_but_a_superuser_can(keeper, superuser, django_user_model):
    answer = invite(keeper, groups=[KEEPER])
    assert answer.context["form"].errors["groups"]
    assert not django_user_model.objects.filter(email="sara@example.ir").exists()
    assert invite(superuser, groups=[KEEPER]).status_code == 302


def edit(client, user, **changes):
    data = {
        "username": user.username,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "is_active": "on",
        "groups": [group.pk for group in user.groups.all()],
        **changes,
    }
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)


def test_a_keeper_makes_nobody_a_superuser_themselves_least_of_all(keeper, sara):
    for user in (keeper.user, sara):
        edit(keeper, user, is_superuser="on")
        user.refresh_from_db()
        assert not user.is_superuser
    answer = keeper.post(
        INVITE,
        {"first_name": "ن", "last_name": "ن", "email": "n@example.ir", "is_superuser": "on", "groups": [1]},
    )
    assert answer.status_code in (200, 302)
    assert not type(sara).objects.filter(is_superuser=True).exists()


def test_a_keeper_gives_themselves_no_group(keeper):
    pr_head = Group.objects.get(name=PR_HEAD)
    edit(keeper, keeper.user, groups=[pr_head.pk])
    assert [group.name for group in keeper.user.groups.all()] == [KEEPER]
    keeper.post(
        f"/admin/bulk/auth/user/assign_role/?next=/admin/users/&id={keeper.user.pk}", {"role": pr_head.pk}
    )
    assert [group.name for group in keeper.user.groups.all()] == [KEEPER]


def test_a_keeper_moves_a_colleague_to_another_group_and_leaves_what_is_not_theirs_to_take(keeper, sara):
    edit(keeper, sara, groups=[Group.objects.get(name=ANSWERING_OFFICER).pk])
    assert [group.name for group in sara.groups.all()] == [ANSWERING_OFFICER]
    other_keeper = member(KEEPER)
    edit(keeper, other_keeper, groups=[Group.objects.get(name=NEWS_OFFICER).pk])
    assert set(other_keeper.groups.values_list("name", flat=True)) == {KEEPER, NEWS_OFFICER}


def test_a_keeper_takes_no_account_over(keeper):
    colleague = member(PR_HEAD)
    email = colleague.email
    edit(keeper, colleague, password1=GOOD_PASSWORD, password2=GOOD_PASSWORD, email="mine@example.ir")
    colleague.refresh_from_db()
    assert not colleague.check_password(GOOD_PASSWORD)
    assert colleague.email == email


def test_a_keeper_lays_no_hand_on_a_superuser(keeper, superuser):
    boss = superuser.user
    assert keeper.get(reverse("wagtailusers_users:edit", args=[boss.pk])).status_code == 302
    edit(keeper, boss, first_name="دیگری", is_active="")
    keeper.post(
        f"/admin/bulk/auth/user/set_active_state/?next=/admin/users/&id={boss.pk}",
        {"mark_as_active": "False"},
    )
    keeper.post(f"/admin/users/delete/{boss.pk}/")
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.first_name == "مریم"
    fresh = UserFactory(is_superuser=True)
    fresh.set_unusable_password()
    fresh.save()
    assert keeper.get(reverse("wagtailusers_users:invitation", args=[fresh.pk])).status_code == 302


def test_a_keeper_deactivates_colleagues_one_by_one_and_in_bulk(keeper, sara):
    ali = member(NEWS_OFFICER)
    edit(keeper, ali, is_active="")
    keeper.post(
        f"/admin/bulk/auth/user/set_active_state/?next=/admin/users/&id={sara.pk}",
        {"mark_as_active": "False"},
    )
    for user in (ali, sara):
        user.refresh_from_db()
        assert not user.is_active


def test_roles_are_given_in_bulk_but_only_those_that_manage_no_accounts(keeper, sara):
    address = f"/admin/bulk/auth/user/assign_role/?next=/admin/users/&id={sara.pk}"
    keeper.post(address, {"role": Group.objects.get(name=KEEPER).pk})
    assert not sara.groups.filter(name=KEEPER).exists()
    keeper.post(address, {"role": Group.objects.get(name=ANSWERING_OFFICER).pk})
    assert sara.groups.filter(name=ANSWERING_OFFICER).exists()


def test_groups_themselves_are_a_superusers(keeper, superuser):
    assert keeper.get("/admin/groups/").status_code == 302
    assert superuser.get("/admin/groups/").status_code == 200


def test_a_superuser_edits_anybody(superuser, sara):
    page = superuser.get(reverse("wagtailusers_users:edit", args=[sara.pk])).content.decode()
    assert 'name="is_superuser"' in page
    edit(superuser, sara, is_superuser="on", password1=GOOD_PASSWORD, password2=GOOD_PASSWORD)
    sara.refresh_from_db()
    assert sara.is_superuser
    assert sara.check_password(GOOD_PASSWORD)


def test_the_list_of_users_says_who_has_not_accepted_yet_and_leads_to_the_link(keeper, sara):
    page = keeper.get("/admin/users/").content.decode()
    assert reverse("wagtailusers_users:invitation", args=[sara.pk]) in page
