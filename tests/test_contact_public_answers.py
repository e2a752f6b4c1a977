"""From an answered case to a question and answer that everybody reads: masked, looked over, approved, found, withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from contact.models import Absence, PublicAnswer, TimelineEntry
from pages.models import ContactDetails
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


def answered(topic, **more):
    values = {
        "title": "ساعت بازدید از نمایشگاه",
        "body": "سلام. من سارا نمونه‌ای هستم، ۰۹۱۲۳۴۵۶۷۸۹. نمایشگاه تا چه ساعتی باز است؟",
        "status": "closed",
        "answered_at": timezone.now(),
        **more,
    }
    case = MessageFactory(topic=topic, **values)
    case.timeline.create(kind="reply", text="سرکار خانم نمونه‌ای، تا ۸ شب. پرسش دیگر: ۰۳۱-۳۲۶۷۳۰۷۵")
    return case


def publish_address(case):
    return reverse("publish_answer", args=[case.pk])


def reading_address(answer):
    return reverse("wagtailsnippets_contact_publicanswer:inspect", args=[answer.pk])


def public_answer(topic, **more):
    values = {"question": "نمایشگاه تا چه ساعتی باز است؟", "answer": "هر روز تا هشت شب.", **more}
    return PublicAnswer.objects.create(topic=topic, approved_at=timezone.now(), **values)


# --- The draft ---


def test_the_draft_proposes_the_texts_without_names_and_marks_what_was_taken_out(officer, ours):
    page = page_of(officer.get(publish_address(answered(ours))))
    assert "من [نام] هستم، [شمارهٔ همراه]. نمایشگاه" in page
    assert "سرکار خانم [نام]، تا ۸ شب. پرسش دیگر: ۰۳۱-۳۲۶۷۳۰۷۵" in page  # the unit's own number stays
    assert '<mark title="[نام]">سارا نمونه‌ای</mark>' in page
    assert '<mark title="[شمارهٔ همراه]">۰۹۱۲۳۴۵۶۷۸۹</mark>' in page


def test_a_draft_is_kept_with_its_case_and_nobody_else_reads_it(client, officer, ours):
    case = answered(ours)
    form = {"question": "نمایشگاه تا چه ساعتی باز است؟", "details": "", "answer": "هر روز تا هشت شب."}
    response = officer.post(publish_address(case), form)
    answer = PublicAnswer.objects.get()
    assert response.url == reading_address(answer)
    assert (answer.message, answer.topic, answer.approved_at) == (case, ours, None)
    entry = case.timeline.last()
    assert (entry.kind, entry.author, entry.data) == ("published", officer.user, {"answer": answer.pk})
    assert entry.kind not in TimelineEntry.PUBLIC
    assert client.get(f"/contact/answers/{answer.pk}/").status_code == 404
    assert answer.question not in page_of(client.get("/contact/answers/"))
    assert "برای انتشار، کسی که حق تأیید دارد آن را تأیید می‌کند." in page_of(
        officer.get(reading_address(answer))
    )


def test_an_empty_draft_is_refused_and_what_was_typed_stays(officer, ours):
    page = page_of(officer.post(publish_address(answered(ours)), {"question": "ساعت باز بودن", "answer": ""}))
    assert "ساعت باز بودن" in page
    assert not PublicAnswer.objects.exists()


@pytest.mark.parametrize(
    "more", [{"status": "in_progress"}, {"answered_at": None}, {"anonymised_at": timezone.now()}]
)
def test_what_is_not_answered_or_gone_makes_no_answer(officer, ours, more):
    case = answered(ours, **more)
    assert officer.get(publish_address(case)).url == reverse("desk:case", args=[case.pk])
    assert "انتشار این پاسخ" not in page_of(officer.get(reverse("desk:case", args=[case.pk])))


def test_the_case_leads_to_its_draft(officer, ours):
    case = answered(ours)
    assert publish_address(case) in page_of(officer.get(reverse("desk:case", args=[case.pk])))


def test_a_confidential_topic_gives_nothing_to_the_public(client, head, ours):
    case = answered(ours)
    answer = public_answer(ours)
    ours.is_confidential = True
    ours.save()
    assert head.get(publish_address(case)).status_code == 302
    assert client.get(f"/contact/answers/{answer.pk}/").status_code == 404
    assert answer.question not in page_of(client.get("/search/", {"q": "نمایشگاه"}))


def test_nobody_makes_an_answer_of_a_case_that_is_not_theirs(officer, theirs):
    assert officer.get(publish_address(answered(theirs))).status_code == 404


@pytest.mark.parametrize("group", ["کارشناس خبر", "مدیر سامانه"])
def test_other_roles_have_no_way_to_answers(ours, group):
    staff, answer = log_in(group), public_answer(ours)
    assert staff.get(publish_address(answered(ours))).status_code == 302
    assert staff.get(reading_address(answer)).status_code == 302
    assert staff.post(reading_address(answer), {"step": "withdraw"}).status_code == 302
    answer.refresh_from_db()
    assert answer.approved_at


# --- The approval ---


def test_an_editor_approves_and_withdraws_and_both_are_remembered(client, head, ours):
    case = answered(ours)
    answer = public_answer(ours, message=case)
    answer.approved_at = None
    answer.save()
    head.post(reading_address(answer), {"step": "approve"})
    page = page_of(client.get(f"/contact/answers/{answer.pk}/"))
    assert answer.question in page
    assert answer.answer in page
    head.post(reading_address(answer), {"step": "withdraw"})
    assert client.get(f"/contact/answers/{answer.pk}/").status_code == 404
    logged = ModelLogEntry.objects.filter(object_id=str(answer.pk)).order_by("pk")
    assert [entry.action for entry in logged] == ["contact.approve_answer", "contact.withdraw_answer"]
    assert [entry.text for entry in case.timeline.filter(kind="published")][1] == "پاسخ منتشرشده برداشته شد"


def test_an_officer_does_not_approve(officer, ours):
    answer = public_answer(ours, message=answered(ours))
    PublicAnswer.objects.update(approved_at=None)
    officer.post(reading_address(answer), {"step": "approve"})
    answer.refresh_from_db()
    assert answer.approved_at is None


def test_an_approval_given_twice_or_unasked_changes_nothing(head, ours):
    answer = public_answer(ours)
    before = answer.approved_at
    head.post(reading_address(answer), {"step": "approve"})
    head.post(reading_address(answer), {"step": "?"})
    answer.refresh_from_db()
    assert answer.approved_at == before


def test_the_approver_sees_what_still_looks_personal(head, ours):
    answer = public_answer(ours, details="شمارهٔ من ۰۹۱۲۳۴۵۶۷۸۹ است.")
    assert '<mark title="[شمارهٔ همراه]">۰۹۱۲۳۴۵۶۷۸۹</mark>' in page_of(head.get(reading_address(answer)))


def test_an_officer_lists_the_drafts_of_own_cases_and_what_is_public_only(officer, ours, theirs):
    public_answer(theirs, question="پرسش همگانی")
    PublicAnswer.objects.create(topic=ours, question="پیش‌نویس ما", answer="ب", message=answered(ours))
    other = PublicAnswer.objects.create(
        topic=theirs, question="پیش‌نویس آنان", answer="ب", message=answered(theirs)
    )
    page = page_of(officer.get(reverse("wagtailsnippets_contact_publicanswer:list")))
    assert "پرسش همگانی" in page
    assert "پیش‌نویس ما" in page
    assert "پیش‌نویس آنان" not in page
    assert officer.get(reading_address(other)).status_code == 404


def test_an_officer_searches_what_they_may_read(officer, ours, theirs):
    public_answer(theirs, question="نمایشگاه کجاست؟")
    PublicAnswer.objects.create(topic=theirs, question="نمایشگاه آنان؟", answer="ب", message=answered(theirs))
    page = page_of(officer.get(reverse("wagtailsnippets_contact_publicanswer:list"), {"q": "نمایشگاه"}))
    assert "نمایشگاه کجاست؟" in page
    assert "نمایشگاه آنان؟" not in page


def test_words_changed_by_somebody_who_may_not_approve_need_another_approval(ours):
    answer = public_answer(ours)
    editor = log_in(permissions=["wagtailadmin.access_admin", "contact.change_publicanswer"])
    address = reverse("wagtailsnippets_contact_publicanswer:edit", args=[answer.pk])
    editor.post(
        address, {"question": answer.question, "details": "", "answer": "تا نه شب.", "topic": ours.pk}
    )
    answer.refresh_from_db()
    assert (answer.answer, answer.approved_at) == ("تا نه شب.", None)


# --- The public ---


def test_answers_are_listed_by_topic_and_found_by_other_forms_of_their_words(client, ours, theirs):
    public_answer(ours)
    public_answer(theirs, question="پرداخت عوارض نوسازی", answer="در درگاه شهرداری‌ها.")
    page = page_of(client.get("/contact/answers/"))
    assert "نمایشگاه تا چه ساعتی" in page
    assert "پرداخت عوارض نوسازی" in page
    only = page_of(client.get("/contact/answers/", {"topic": theirs.pk}))
    assert "نمایشگاه تا چه ساعتی" not in only
    found = page_of(client.get("/contact/answers/", {"q": "نمايشگاه‌ها"}))
    assert "نمایشگاه تا چه ساعتی" in found
    assert "پرداخت عوارض نوسازی" not in found
    assert "پاسخی برای" in page_of(client.get("/contact/answers/", {"q": "زرافه"}))


def test_the_sites_search_finds_answers_beside_pages(client, ours):
    answer = public_answer(ours)
    draft = PublicAnswer.objects.create(topic=ours, question="نمایشگاه نهفته", answer="ب")
    page = page_of(client.get("/search/", {"q": "نمایشگاه"}))
    assert f'href="/contact/answers/{answer.pk}/"' in page
    assert "نهفته" not in page
    assert draft.approved_at is None


def test_the_site_map_for_crawlers_names_each_public_answer(client, ours):
    answer = public_answer(ours)
    draft = PublicAnswer.objects.create(topic=ours, question="هنوز نه", answer="ب")
    page = page_of(client.get("/sitemap.xml"))
    assert f"/contact/answers/{answer.pk}/</loc>" in page
    assert f"/contact/answers/{draft.pk}/</loc>" not in page


def test_pages_of_answers_may_be_cached_and_take_no_posts(client, ours):
    address = f"/contact/answers/{public_answer(ours).pk}/"
    response = client.get(address)
    assert response["Cache-Control"] == "max-age=60"
    assert "csrfmiddlewaretoken" not in page_of(response)
    assert client.post(address).status_code == 405
    assert client.post("/contact/answers/").status_code == 405


@pytest.mark.parametrize("query", ['"', "\x00", "٪", "ا" * 5000])
def test_no_query_breaks_the_list(client, ours, query):
    public_answer(ours)
    assert client.get("/contact/answers/", {"q": query, "topic": query, "page": query}).status_code == 200


def test_the_list_takes_as_many_queries_with_twenty_answers_as_with_one(
    client, ours, django_assert_max_num_queries
):
    public_answer(ours)
    client.get("/contact/answers/")
    for _number in range(25):
        public_answer(TopicFactory())
    with django_assert_max_num_queries(20):
        client.get("/contact/answers/")


def test_typed_text_is_shown_as_text(ours):
    answer = public_answer(ours, question="<script>alert(1)</script>", answer="<b>نه</b>")
    page = page_of(Client().get(f"/contact/answers/{answer.pk}/"))
    assert "<script>alert" not in page
    assert "<b>نه" not in page


@pytest.fixture(autouse=True)
def unit(small_site):
    assert ContactDetails.objects.get().telephone == "32673075"


# --- Two people read it ---


def own_answer(client, ours):
    case = answered(ours)
    client.post(publish_address(case), {"question": "ساعت بازدید؟", "answer": "هر روز تا هشت شب."})
    return PublicAnswer.objects.get(message=case)


def test_nobody_approves_own_words_while_somebody_else_could(head, ours):
    other = log_in("مسئول روابط عمومی")
    answer = own_answer(head, ours)
    assert "این متن را خود شما نوشته‌اید" in page_of(head.get(reading_address(answer)))
    assert "خود شما نوشته‌اید" in page_of(head.post(reading_address(answer), {"step": "approve"}, follow=True))
    answer.refresh_from_db()
    assert answer.approved_at is None
    other.post(reading_address(answer), {"step": "approve"})
    answer.refresh_from_db()
    assert answer.approved_by == other.user
    assert head.user.get_full_name() in answer.message.timeline.filter(kind="published").last().text


def test_who_is_alone_approves_own_words_and_that_is_written_down(head, ours):
    left = log_in("مسئول روابط عمومی").user
    left.is_active = False
    left.save()
    UserFactory(is_superuser=True)  # keeps the machine; nobody gave them the right
    answer = own_answer(head, ours)
    head.post(reading_address(answer), {"step": "approve"})
    answer.refresh_from_db()
    assert answer.approved_by == head.user
    assert "کس دیگری نبود" in answer.message.timeline.filter(kind="published").last().text
    assert ModelLogEntry.objects.filter(
        object_id=str(answer.pk), action="contact.approve_own_answer"
    ).exists()


def test_a_colleague_on_leave_keeps_nobody_waiting(head, ours):
    away, today = log_in("مسئول روابط عمومی").user, timezone.localdate()
    Absence.objects.create(user=away, stand_in=head.user, first_day=today, last_day=today)
    answer = own_answer(head, ours)
    head.post(reading_address(answer), {"step": "approve"})
    answer.refresh_from_db()
    assert answer.approved_at


def test_own_words_in_an_approved_answer_wait_for_another_approval(head, ours):
    other = log_in("مسئول روابط عمومی")
    answer = public_answer(ours)
    form = {"question": answer.question, "details": "", "answer": "تا نه شب.", "topic": ours.pk}
    address = reverse("wagtailsnippets_contact_publicanswer:edit", args=[answer.pk])
    assert "پس از تأیید" in page_of(head.post(address, form, follow=True))
    answer.refresh_from_db()
    assert (answer.approved_at, answer.written_by) == (None, head.user)
    other.post(reading_address(answer), {"step": "approve"})
    answer.refresh_from_db()
    assert answer.approved_by == other.user


def test_whoever_adds_an_answer_without_a_case_finds_it_again(officer, ours):
    address = reverse("wagtailsnippets_contact_publicanswer:add")
    officer.post(address, {"question": "نشانی دفتر؟", "details": "", "answer": "خیابان ما", "topic": ours.pk})
    answer = PublicAnswer.objects.get()
    assert answer.written_by == officer.user
    assert "نشانی دفتر؟" in page_of(officer.get(reading_address(answer)))
