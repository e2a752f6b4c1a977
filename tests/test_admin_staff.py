"""Who may let whom in, what the lists and the pages for passwords say, and the page for an address that is not there."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from hamyari_site import invitations
from hamyari_site.permissions import ANSWERING_OFFICER, KEEPER, NEWS_OFFICER, PR_HEAD
from outbox.models import OutgoingMail
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.django_db

USERS = "/admin/users/"


def group(name):
    return Group.objects.get(name=name)


def names(user):
    return set(user.groups.values_list("name", flat=True))


def pending(*groups):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    user.groups.add(*map(group, groups))
    return user


@pytest.fixture
def keeper(db):
    return log_in(KEEPER)


@pytest.fixture
def superuser(db):
    client = Client()
    client.user = UserFactory(is_superuser=True)
    client.force_login(client.user)
    return client


def invite(client, *groups):
    values = {"first_name": "سارا", "last_name": "نصیری", "email": "sara@example.ir"}
    return client.post(f"{USERS}new/", {**values, "groups": [group(name).pk for name in groups]})


def edit(client, user, *groups, **changes):
    fields = ("username", "email", "first_name", "last_name")
    values = {name: getattr(user, name) for name in fields} | {"is_active": "on", **changes}
    address = reverse("wagtailusers_users:edit", args=[user.pk])
    return client.post(address, {**values, "groups": [group(name).pk for name in groups]})


# Who may be let into what


def test_a_keeper_is_offered_two_groups_and_a_superuser_all(keeper, superuser):
    for client, expected in (
        (keeper, {NEWS_OFFICER, ANSWERING_OFFICER}),
        (superuser, set(Group.objects.values_list("name", flat=True))),
    ):
        form = client.get(f"{USERS}new/").context["form"]
        assert {found.name for found in form.fields["groups"].queryset} == expected


@pytest.mark.parametrize("name", [PR_HEAD, KEEPER])
def test_a_keeper_lets_nobody_into_a_group_that_is_a_superusers_to_give(keeper, django_user_model, name):
    assert invite(keeper, NEWS_OFFICER, name).context["form"].errors["groups"]
    assert not django_user_model.objects.filter(email="sara@example.ir").exists()
    colleague = pending(NEWS_OFFICER)
    edit(keeper, colleague, NEWS_OFFICER, name)
    bulk = f"/admin/bulk/auth/user/assign_role/?next={USERS}&id={colleague.pk}"
    keeper.post(bulk, {"role": group(name).pk})
    assert names(colleague) == {NEWS_OFFICER}


def test_a_group_that_a_superuser_made_is_a_superusers_to_give(keeper):
    Group.objects.create(name="گروهی دیگر")
    assert invite(keeper, "گروهی دیگر").context["form"].errors["groups"]


def test_a_superuser_lets_into_every_group(superuser, django_user_model):
    assert invite(superuser, PR_HEAD, KEEPER).status_code == 302
    assert names(django_user_model.objects.get(email="sara@example.ir")) == {PR_HEAD, KEEPER}


def test_a_keeper_cannot_come_in_by_the_invitation_of_somebody_mightier(keeper, superuser):
    head = pending(PR_HEAD)
    address = reverse("wagtailusers_users:invitation", args=[head.pk])
    link = invitations.make_link(head)
    assert keeper.get(address).status_code == 302
    assert keeper.post(address).status_code == 302
    assert address not in page_of(keeper.get(USERS))
    edit(keeper, head, email="mine@example.ir")
    head.refresh_from_db()
    assert head.email != "mine@example.ir"
    assert names(head) == {PR_HEAD}
    assert invitations.make_link(head) == link or invitations.find(*link.rstrip("/").split("/")[-2:])
    assert link.split("/admin/")[0] in page_of(superuser.get(address))


# The list of users


def test_the_list_of_users_names_their_groups(keeper):
    pending(NEWS_OFFICER, ANSWERING_OFFICER)
    UserFactory(is_superuser=True)
    page = page_of(keeper.get(USERS))
    assert f"{ANSWERING_OFFICER}، {NEWS_OFFICER}" in page  # پ before خ
    assert "Access level" not in page


def test_a_colleague_is_found_by_the_whole_name(keeper, django_user_model):
    django_user_model.objects.create_user("z.n", first_name="زهرا", last_name="نویسنده")
    for typed in ("زهرا نويسنده", "نویسنده زهرا", "نویسند"):
        assert (
            "زهرا نویسنده" in keeper.get(reverse("wagtailusers_users:index"), {"q": typed}).content.decode()
        )
    assert (
        "زهرا نویسنده"
        not in keeper.get(reverse("wagtailusers_users:index"), {"q": "زهرا ناشناس"}).content.decode()
    )


def test_the_list_of_users_asks_as_much_for_many_as_for_few(keeper):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        keeper.get(USERS)
        with CaptureQueriesContext(connection) as captured:
            keeper.get(USERS)
        return len(captured)

    pending(NEWS_OFFICER)
    few = queries()
    for _number in range(10):
        pending(NEWS_OFFICER, ANSWERING_OFFICER)
    assert queries() == few


# The page for a password


def test_the_page_for_a_password_has_one_word_for_it(db):
    page = page_of(Client().get(invitations.make_link(pending(NEWS_OFFICER))))
    assert "گذرواژه" in page
    assert "تکرار گذرواژه" in page
    assert "رمز عبور" not in page
    assert "قبلی" not in page


def test_a_weak_password_is_marked_where_it_was_typed_first(db):
    link = invitations.make_link(pending(NEWS_OFFICER))
    errors = (
        Client().post(link, dict.fromkeys(("new_password1", "new_password2"), "1234")).context["form"].errors
    )
    assert set(errors) == {"new_password1"}
    typed = {"new_password1": "پل-خواجو-۱۴۰۵", "new_password2": "پل"}
    assert set(Client().post(link, typed).context["form"].errors) == {"new_password2"}


# An address that is not there


def assert_our_404(answer):
    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'dir="rtl"' in page
    assert 'href="/admin/"' in page
    assert "img/mark" in page
    assert not re.search("agtail<|وگتیل|ارور|page404", page)


def test_another_units_message_looks_like_one_that_is_not_there(officer, theirs):
    for pk in (MessageFactory(topic=theirs).pk, 999999):
        assert_our_404(officer.get(f"/admin/desk/{pk}/"))


def test_an_unknown_address_of_the_admin(officer):
    assert_our_404(officer.get("/admin/nowhere/"))


# The dashboard


def test_what_waits_for_approval_stands_under_the_quick_links(pr_head):
    panels = [panel.name for panel in pr_head.get("/admin/").context["panels"]]
    first = panels.index("quick_links")
    assert panels[first + 1] == "workflow_objects_to_moderate"
    assert {"setup_checklist", "new_messages"} <= set(panels[first + 2 :])


# The outbox


def test_attempts_are_counted_in_persian_digits(keeper):
    OutgoingMail.objects.create(kind="x", to=["a@example.ir"], subject="آزمون", message_id="x", attempts=7)
    assert re.search(r"<td[^>]*>۷</td>", page_of(keeper.get("/admin/outgoing-mail/")))


def test_a_failure_of_the_mail_server_is_told_in_persian_and_as_the_machine_said_it(keeper):
    said = "ConnectionRefusedError: [Errno 111] Connection refused"
    OutgoingMail.objects.create(
        kind="x", to=["a@example.ir"], subject="آزمون", message_id="x", last_error=said
    )
    page = page_of(keeper.get("/admin/outgoing-mail/"))
    assert f'کارساز رایانامه پاسخ نمی‌دهد. <bdi dir="ltr">{said}</bdi>' in page
