"""What tests change, and nothing else."""

from .settings import *  # noqa: F403
from .settings import DATA_DIR, DATABASES, STORAGES, env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_CONFIGURED = True
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

_database = DATABASES["default"]
_name = "test_" + env.str("PYTEST_DB_SUFFIX", default="hamyari")
if _database["ENGINE"].endswith("sqlite3"):
    # A file, so that threads and the live server meet real locks; no waiting for a disk that nobody will read.
    _database["TEST"] = {"NAME": str(DATA_DIR / f"{_name}.sqlite3")}
    _database["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    _database["TEST"] = {"NAME": _name}
