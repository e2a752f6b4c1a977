"""Public files: renditions are served, everything else under the media folder does not exist for the public."""

from pathlib import Path
from urllib.parse import quote

import pytest

PIXELS = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def media(settings):
    root = Path(settings.MEDIA_ROOT)
    for name in (
        "images/logo.width-400.png",
        "images/نشان.max-165x165.png",
        "images/page.html",
        "original_images/logo.png",
        "documents/minutes.pdf",
        "secret.png",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(PIXELS)
    (root.parent / "outside.png").write_bytes(PIXELS)
    (root / "images" / "link.png").symlink_to(root.parent / "outside.png")
    return root


def test_a_rendition_is_served_to_be_kept_for_long_and_cannot_act(client, db, media):
    answer = client.get("/media/images/logo.width-400.png")
    assert answer.status_code == 200
    assert answer.getvalue() == PIXELS
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_name_in_persian_is_found(client, db, media):
    assert client.get("/media/" + quote("images/نشان.max-165x165.png")).status_code == 200


def test_who_has_the_file_already_gets_no_second_copy(client, db, media):
    first = client.get("/media/images/logo.width-400.png")
    again = client.get(
        "/media/images/logo.width-400.png", headers={"If-Modified-Since": first["Last-Modified"]}
    )
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "images/missing.png",
        "images/page.html",
        "images/",
        "images",
        "images/link.png",
        "original_images/logo.png",
        "documents/minutes.pdf",
        "secret.png",
        "../outside.png",
        "images/../secret.png",
        "images/../../outside.png",
        "%2e%2e/outside.png",
        "images/%2e%2e/%2e%2e/outside.png",
        "images/..%2f..%2foutside.png",
        "images/logo.width-400.png%00.png",
        "images/%00",
        "/etc/passwd",
        "//etc/passwd",
        "images/" + "x" * 5000 + ".png",
    ],
)
def test_nothing_else_is_there(client, db, media, path):
    assert client.get("/media/" + path).status_code in (301, 404)
    from operations.media import locate

    assert locate(path) is None


def test_files_are_only_read(client, db, media):
    assert client.post("/media/images/logo.width-400.png").status_code == 405
