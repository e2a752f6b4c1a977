"""What tests change, and nothing else."""

from .settings import *  # noqa: F403
from .settings import BASE_DIR, DATABASES, STORAGES, env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_CONFIGURED = True
if suffix := env.str("PYTEST_DB_SUFFIX", default=""):
    DATABASES["default"].setdefault("TEST", {})["NAME"] = (
        str(BASE_DIR / "var" / f"test_{suffix}.sqlite3")
        if DATABASES["default"]["ENGINE"].endswith("sqlite3")
        else f"test_{suffix}"
    )
