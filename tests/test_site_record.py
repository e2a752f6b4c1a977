"""Wagtail's record of the site follows SITE_URL."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from hamyari_site.site_record import sync_site_record

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "hostname", "port"),
    [
        ("https://pr.example.ir", "pr.example.ir", 443),
        ("http://pr.example.ir", "pr.example.ir", 80),
        ("http://127.0.0.1:8123", "127.0.0.1", 8123),
    ],
)
def test_the_record_takes_host_and_port_from_the_address(settings, url, hostname, port):
    settings.SITE_URL = url
    assert sync_site_record()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == (hostname, port)
    assert site.root_url == url
    assert not sync_site_record()


def test_every_migrate_brings_it_in_step(settings):
    settings.SITE_URL = "https://pr.example.ir"
    call_command("migrate", verbosity=0)
    assert Site.objects.get().hostname == "pr.example.ir"


def test_every_start_brings_it_in_step_even_with_nothing_to_migrate(settings):
    call_command("load_initial_content", verbosity=0)
    settings.SITE_URL = "https://pr.example.ir"
    call_command("load_initial_content", verbosity=0)
    assert Site.objects.get().root_url == "https://pr.example.ir"


def test_another_record_of_the_same_host_gives_way(settings):
    settings.SITE_URL = "https://pr.example.ir"
    Site.objects.create(hostname="pr.example.ir", port=443, root_page=Page.get_first_root_node())
    assert sync_site_record()
    assert Site.objects.count() == 1


def test_without_a_site_there_is_nothing_to_do():
    Site.objects.all().delete()
    assert not sync_site_record()
