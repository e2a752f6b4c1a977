"""Another Wagtail site takes `persian/` along by docs/persian.md alone: its commands and settings, word for word."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECTION = (
    (ROOT / "docs" / "persian.md")
    .read_text(encoding="utf-8")
    .split("## Taking it along")[1]
    .split("\n## ")[0]
)

VISIT = """
import django; django.setup()
from django.conf import settings; settings.ALLOWED_HOSTS.append("testserver")
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.admin.menu import settings_menu
from wagtail.models import Page
from home.models import HomePage

home = HomePage.objects.get()
page = home.add_child(instance=HomePage(title="كتاب‌های دانش آموزان", slug="books"))
print("found:", [one.slug for one in Page.objects.search("کتاب دانش‌آموز")])
admin = Client()
admin.force_login(get_user_model().objects.create_superuser("علي"))
for address in (f"/admin/pages/{page.pk}/proofread/", "/admin/", "/admin/images/", "/admin/reports/site-history/"):
    answer = admin.get(address)
    print(answer.status_code, address, *(word for word in WORDS if word in answer.content.decode()))
print("settings:", [str(item.label) for item in settings_menu.registered_menu_items])
print("led to:", admin.get("/BOOKS/").headers.get("Location"))
"""
WORDS = ["بررسی نگارش", "روزهای کاری", "تصویرها", "تاریخچه"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bare")
    start = "from wagtail.bin.wagtail import main; main()"
    run(folder, "-c", start, "start", "shahr", ".")
    for name in ("persian", "locale"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    settings = re.search(r"```python\n(.*?)```", SECTION, re.DOTALL)[1]
    with (folder / "shahr" / "settings" / "base.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{settings}")
    return folder


def run(folder, *command):
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "DATABASE_"))
    }
    environment |= {
        "DJANGO_SETTINGS_MODULE": "shahr.settings.dev",
        "PYTHONPATH": str(folder),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_bare_site_is_persian_after_what_the_document_says(site):
    for command in re.findall(r"manage\.py (.+)", SECTION.split("```sh")[1].split("```")[0]):
        run(site, "manage.py", *shlex.split(command, comments=True))
    assert not run(site, "manage.py", "makemigrations", "--check", "--dry-run").count("Create")
    shown = run(site, "-c", f"WORDS = {WORDS!r}\n{VISIT}")
    assert "found: ['books']" in shown
    assert "led to: /books/" in shown
    assert re.findall(r"^\d+", shown, re.MULTILINE) == ["200"] * 4
    for word in WORDS:
        assert word in shown, shown


def test_the_document_names_every_package_that_persian_needs():
    needed = {"Django", "wagtail", "persiantools", "polib"}
    assert needed <= set(re.findall(r"[\w-]+", SECTION))
    imported = {
        match
        for path in (ROOT / "persian").rglob("*.py")
        for match in re.findall(
            r"^\s*(?:from|import) ([a-z_]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    }
    of_wagtail = {"django", "wagtail", "modelsearch", "openpyxl", "bs4", "persian"}
    assert imported - sys.stdlib_module_names - of_wagtail == {"persiantools", "polib"}
