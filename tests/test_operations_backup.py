"""A backup brings back exactly what was there, and says plainly when it cannot be written or trusted."""

import json
import os
import resource
import shutil
import threading
from collections import namedtuple
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from operations import backup, database_copy, restore, site_lock
from operations.models import Heartbeat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    yield
    # What a restore keeps aside stands beside the test database, for somebody else to look at; not here.
    name = Path(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        for path in name.parent.glob(f"{name.name}.before-*"):
            path.unlink()


@pytest.fixture
def content(settings):
    """A user, public and private files, one of them of a size that is read in pieces."""
    get_user_model().objects.create_user("مریم", email="maryam@example.org")
    files = {
        Path(settings.MEDIA_ROOT) / "images" / "نشان.png": b"\x89PNG",
        Path(settings.MEDIA_ROOT) / "original_images" / "large.jpg": os.urandom(3 * 1024 * 1024),
        Path(settings.PRIVATE_ROOT) / "cases" / "1405" / "letter.pdf": b"%PDF",
    }
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return files


def usernames():
    return list(get_user_model().objects.values_list("username", flat=True))


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def test_after_a_restore_all_is_as_it_was_at_the_backup(content, settings, tmp_path, capsys):
    call_command("backup", tmp_path / "saved")
    get_user_model().objects.all().delete()
    get_user_model().objects.create_user("later")
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "images")
    (Path(settings.PRIVATE_ROOT) / "later.pdf").write_bytes(b"new")

    call_command("restore", tmp_path / "saved")

    assert usernames() == ["مریم"]
    for path, data in content.items():
        assert path.read_bytes() == data
    assert not (Path(settings.PRIVATE_ROOT) / "later.pdf").exists()
    said = capsys.readouterr().out
    assert "Restored 4 files" in said
    assert "The previous data is kept" in said
    (kept,) = tmp_path.glob("private.before-*")
    assert (kept / "later.pdf").read_bytes() == b"new"
    assert not list(tmp_path.glob(".*restoring*")), "nothing half-done is left"


def test_a_restored_site_works(content, tmp_path):
    call_command("backup", tmp_path / "saved")
    call_command("restore", tmp_path / "saved")
    get_user_model().objects.create_user("new")
    assert sorted(usernames()) == sorted(["مریم", "new"])
    call_command("backup", tmp_path / "again")


def test_the_manifest_tells_what_is_in_the_backup(content, tmp_path, settings):
    call_command("backup", tmp_path / "saved")
    manifest = json.loads((tmp_path / "saved" / "manifest.json").read_text())
    assert manifest["site"] == settings.SITE_URL
    assert "operations.0001_initial" in manifest["migrations"]
    assert set(manifest["files"]) == {
        database_copy.file_name(),
        "media/images/نشان.png",
        "media/original_images/large.jpg",
        "private/cases/1405/letter.pdf",
    }
    assert (tmp_path / "saved").stat().st_mode & 0o077 == 0, "personal data: for the site's own user only"
    assert not any("secret" in name for name in manifest["files"])


def test_a_backup_of_the_database_alone_leaves_the_files_as_they_are(content, settings, tmp_path):
    call_command("backup", tmp_path / "saved", database_only=True)
    get_user_model().objects.all().delete()
    extra = Path(settings.MEDIA_ROOT) / "images" / "later.png"
    extra.write_bytes(b"later")
    call_command("restore", tmp_path / "saved")
    assert usernames() == ["مریم"]
    assert extra.exists()


@pytest.mark.parametrize(
    "victim", ["database", "media/original_images/large.jpg", "private/cases/1405/letter.pdf"]
)
def test_one_flipped_bit_is_refused_and_nothing_is_touched(content, settings, tmp_path, victim):
    call_command("backup", tmp_path / "saved")
    path = tmp_path / "saved" / (database_copy.file_name() if victim == "database" else victim)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    get_user_model().objects.create_user("later")
    before = tree(settings.MEDIA_ROOT) | tree(settings.PRIVATE_ROOT)

    with pytest.raises(CommandError, match="is not what was saved"):
        call_command("restore", tmp_path / "saved", force=True)

    assert "later" in usernames()
    assert tree(settings.MEDIA_ROOT) | tree(settings.PRIVATE_ROOT) == before


def change_manifest(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda saved: (saved / "media/images/نشان.png").unlink(), "is missing"),
        (lambda saved: (saved / "manifest.json").unlink(), "not a complete backup"),
        (lambda saved: (saved / "manifest.json").write_text("{"), "cannot be read"),
        (lambda saved: (saved / "manifest.json").write_text("[]"), "cannot be read"),
        (lambda saved: change_manifest(saved, format=2), "newer version"),
        (lambda saved: change_manifest(saved, database="oracle"), "oracle database"),
        (
            lambda saved: change_manifest(
                saved, migrations=["operations.0001_initial", "operations.9999_later"]
            ),
            r"newer than this code \(it knows operations\.9999_later\)",
        ),
        (
            lambda saved: change_manifest(saved, files={"media/../../evil": {"sha256": "", "size": 0}}),
            "outside the backup",
        ),
        (
            lambda saved: change_manifest(saved, files={"/etc/passwd": {"sha256": "", "size": 0}}),
            "outside the backup",
        ),
    ],
)
def test_a_backup_that_cannot_be_trusted_is_refused(content, tmp_path, spoil, reason):
    call_command("backup", tmp_path / "saved")
    spoil(tmp_path / "saved")
    with pytest.raises(CommandError, match=reason):
        call_command("restore", tmp_path / "saved")
    assert usernames() == ["مریم"]


def test_a_link_in_place_of_a_file_is_refused(content, tmp_path):
    call_command("backup", tmp_path / "saved")
    file = tmp_path / "saved" / "private/cases/1405/letter.pdf"
    (tmp_path / "elsewhere").write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match="is missing"):
        call_command("restore", tmp_path / "saved")


def test_a_backup_can_be_checked_without_restoring_it(content, tmp_path, capsys):
    call_command("backup", tmp_path / "saved")
    get_user_model().objects.create_user("later")
    call_command("restore", tmp_path / "saved", check=True)
    assert "The backup is sound: 4 files" in capsys.readouterr().out
    assert "later" in usernames()


def test_a_running_site_is_not_overwritten_unless_forced(content, tmp_path):
    call_command("backup", tmp_path / "saved")
    with site_lock.hold_to_serve():
        with pytest.raises(CommandError, match="The site is running"):
            call_command("restore", tmp_path / "saved")
        call_command("restore", tmp_path / "saved", force=True)
    call_command("restore", tmp_path / "saved")


def test_the_site_does_not_start_while_a_backup_is_restored(monkeypatch):
    monkeypatch.setattr(site_lock, "PATIENCE", 0)
    with (
        site_lock.hold_alone(),
        pytest.raises(site_lock.SiteInUseError, match="being restored"),
        site_lock.hold_to_serve(),
    ):
        pass


def test_two_sites_do_not_share_one_sqlite_database(monkeypatch):
    monkeypatch.setattr(site_lock, "PATIENCE", 0)
    monkeypatch.setattr(site_lock.connection, "vendor", "sqlite")
    with (
        site_lock.hold_to_serve(),
        pytest.raises(site_lock.SiteInUseError, match="already runs"),
        site_lock.hold_to_serve(),
    ):
        pass


def test_a_site_that_is_just_stopping_is_waited_for(monkeypatch):
    monkeypatch.setattr(site_lock.connection, "vendor", "sqlite")
    first = site_lock.hold_to_serve()
    first.__enter__()
    threading.Timer(0.5, first.__exit__, (None, None, None)).start()
    with site_lock.hold_to_serve():
        pass


def test_a_site_on_another_machine_is_noticed_by_its_heartbeat(monkeypatch):
    Heartbeat.beat("scheduler")
    monkeypatch.setattr(site_lock, "connection", SimpleNamespace(vendor="postgresql"))
    with pytest.raises(site_lock.SiteInUseError, match="less than a minute ago"), site_lock.hold_alone():
        pass


def test_a_full_folder_is_not_written_into(content, tmp_path):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "something").write_text("precious")
    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("backup", tmp_path / "saved")
    assert (tmp_path / "saved" / "something").read_text() == "precious"


@contextmanager
def largest_file(size):
    """No file can grow beyond so many bytes: to a program it looks like a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_is_said_and_leaves_no_half_backup(content, settings, tmp_path):
    huge = Path(settings.MEDIA_ROOT) / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(40 * 1024 * 1024)
    with largest_file(32 * 1024 * 1024), pytest.raises(CommandError, match="the disk is full"):
        call_command("backup", tmp_path / "saved")
    assert not list(tmp_path.glob("*saved*"))


def test_a_disk_that_fills_up_under_the_database_is_said_too(content, tmp_path):
    with largest_file(16 * 1024), pytest.raises(CommandError, match="disk"):
        call_command("backup", tmp_path / "saved")
    assert not list(tmp_path.glob("*saved*"))


def test_too_little_room_is_noticed_before_the_work(content, tmp_path, monkeypatch):
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(1_000_000))
    with pytest.raises(CommandError, match=r"too full. It needs \d+ MB .* 1 MB are free"):
        call_command("backup", tmp_path / "saved")


def test_a_disk_that_fills_up_during_a_restore_changes_nothing(content, settings, tmp_path):
    call_command("backup", tmp_path / "saved")
    get_user_model().objects.create_user("later")
    before = tree(settings.MEDIA_ROOT)
    with (
        largest_file(2 * 1024 * 1024),
        pytest.raises(CommandError, match="Nothing was restored: the disk is full"),
    ):
        call_command("restore", tmp_path / "saved")
    assert "later" in usernames()
    assert tree(settings.MEDIA_ROOT) == before
    assert not list(tmp_path.glob("*restor*"))


def test_a_restore_that_fails_at_its_last_step_puts_the_files_back(content, settings, tmp_path, monkeypatch):
    call_command("backup", tmp_path / "saved")
    (Path(settings.MEDIA_ROOT) / "later.png").write_bytes(b"later")
    before = tree(settings.MEDIA_ROOT) | tree(settings.PRIVATE_ROOT)

    def fails(*args):
        raise database_copy.CopyError("the database refused it")

    monkeypatch.setattr(restore.database_copy, "restore_sqlite", fails)
    monkeypatch.setattr(restore.database_copy, "restore_postgres", fails)
    with pytest.raises(CommandError, match="Nothing was restored: the database refused it"):
        call_command("restore", tmp_path / "saved")
    assert tree(settings.MEDIA_ROOT) | tree(settings.PRIVATE_ROOT) == before
    assert usernames() == ["مریم"]


def test_a_folder_that_cannot_be_written_is_named(content, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="No backup was written"):
        call_command("backup", tmp_path / "file" / "saved")


def test_old_backups_of_a_kind_make_room_and_the_age_of_the_newest_is_known(content, settings):
    folder = Path(settings.BACKUP_DIR)
    assert backup.latest_age() is None
    for number in range(4):
        backup.write_backup(folder / f"nightly-{number}", with_files=False)
    backup.write_backup(folder / "before-migration-1", with_files=False)
    backup.keep_last(folder, "nightly-", 2)
    assert sorted(path.name for path in folder.iterdir()) == ["before-migration-1", "nightly-2", "nightly-3"]
    assert backup.latest_age() < timedelta(minutes=1)
