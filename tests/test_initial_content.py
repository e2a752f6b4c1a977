"""The first content: every fact of the unit, put in once, never over an editor's work."""

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags
from wagtail.models import Page, Site, Workflow

from contact.models import Topic, Unit
from hamyari_site.initial_content import load
from pages.models import ContactDetails, GoalsPage, HomePage, StandardPage

FACTS = {
    "/mission/": [
        "اعتماد عمومی",
        "شکوفایی",
        "رضایت کامل",
        "اطمینان کامل",
        "نقشی اساسی",
        "تفاهم و پشتیبانی",
        "تعاملی، دوسویه، مشارکتی و پیچیده",
        "روان‌شناسی",
        "جامعه‌شناسی",
        "سیاست",
        "اقتصاد",
        "اصول مدیریت",
        "اخلاق",
    ],
    "/goals/": [
        "حاکمیت ارتباط دوسویه",
        "حلقهٔ اتصال",
        "رسانه‌های الکترونیکی",
        "سازمان‌های دولتی و خصوصی",
        "روابط عمومی دیجیتالی",
        "ارتقای ساختار سازمان",
        "نیازسنجی، امکان‌سنجی و نظرسنجی",
        "فرهنگی، مذهبی و ملی",
        "در زمانی محدود",
    ],
    "/approach/": [
        "مغز متفکر، شبکهٔ هوشیار",
        "قلب تپنده",
        "مهندسی تفاهم",
        "تغییر رفتار",
        "روان‌کاوی",
        "روزنامه‌نگاری",
        "رسانه‌شناسی",
        "خیر عمومی جامعه",
    ],
    "/training/": ["کارآموزان", "پل تا قلب مخاطب", "شهرداری‌های استان", "هنوز تعیین نشده است"],
    "/contact/": ["دفتر مرکزی", "tel:+983132673075,,340", "۳۴۰", "۰۳۱-۳۲۶۷۰۸۱۰"],
}


@pytest.mark.parametrize("address", FACTS)
def test_every_fact_is_on_its_page(site, client, address):
    html = client.get(address).content.decode()
    text = " ".join(strip_tags(html).split())
    for fact in FACTS[address]:
        assert fact in text or fact in html


def test_the_unit_introduces_itself(site, client):
    text = " ".join(strip_tags(client.get("/contact/").content.decode()).split())
    assert "آقای محسن کبیری" in text
    assert "مسئول واحد روابط عمومی سازمان" in text


def test_eight_goals_in_their_order(site):
    goals = GoalsPage.objects.get().goals.all()
    assert len(goals) == 8
    assert goals[0].title == "حاکمیت ارتباط دوسویه"


def test_what_is_not_known_is_empty_and_hidden(site, client):
    details = ContactDetails.for_site(site)
    assert (details.email, details.office_hours, list(details.social_links.all())) == ("", "", [])
    html = client.get("/contact/").content.decode()
    assert "mailto:" not in html
    assert "ساعت کاری" not in strip_tags(html)


def test_drafts_wait_for_the_unit(site, client):
    for slug in ("participation-strategy", "faq", "circulars-and-forms", "related-systems"):
        page = StandardPage.objects.get(slug=slug)
        assert not page.live
        assert {block.block_type for block in page.body} == {"heading"}
        assert client.get(f"/{slug}/").status_code == 404


def test_a_second_run_changes_nothing(site):
    before = list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_id"))
    assert load() == []
    assert list(Page.objects.order_by("path").values_list("path", "title", "latest_revision_id")) == before
    assert Topic.objects.count() == 9
    assert Unit.objects.count() == 1
    assert Workflow.objects.filter(active=True).count() == 1


def test_an_editor_s_change_is_never_overwritten(site):
    mission = StandardPage.objects.get(slug="mission")
    mission.title = "رسالت روابط عمومی"
    mission.save_revision().publish()
    details = ContactDetails.for_site(site)
    details.telephone = "32600000"
    details.save()
    goals = GoalsPage.objects.get()
    goals.goals.set([goal for goal in goals.goals.all() if goal.sort_order < 3])
    goals.save_revision().publish()

    call_command("load_initial_content", verbosity=0)

    assert StandardPage.objects.get(slug="mission").title == "رسالت روابط عمومی"
    assert ContactDetails.objects.get(site=site).telephone == "32600000"
    assert GoalsPage.objects.get().goals.count() == 3


def test_what_an_editor_moved_or_deleted_does_not_come_back(site):
    StandardPage.objects.get(slug="approach").delete()
    training = StandardPage.objects.get(slug="training")
    training.slug = "courses"
    training.save_revision().publish()

    load()

    assert not StandardPage.objects.filter(slug__in=["approach", "training"]).exists()


def test_the_tree_is_sound(site):
    assert not any(Page.find_problems())
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()


def test_the_command_says_what_it_did(db, capsys):
    call_command("load_initial_content")
    assert "home" in capsys.readouterr().out
    call_command("load_initial_content")
    assert "already there" in capsys.readouterr().out


def test_the_command_is_all_or_nothing(db, monkeypatch):
    def fail():
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("hamyari_site.initial_content.loader._workflow", fail)
    with pytest.raises(RuntimeError):
        load()
    assert not HomePage.objects.exists()
