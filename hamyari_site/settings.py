"""Settings: one file, safe by default, everything that differs between machines read from the environment.

Every variable is listed in `.env.example`; none is needed for `make run`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .secret_key import read_or_make

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Where things are kept
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
BACKUP_DIR = DATA_DIR / "backups"
SPOOL_DIR = DATA_DIR / "spool"  # what visits leave for the scheduler to add up
BACKUP_NIGHTLY = env.bool("BACKUP_NIGHTLY", default=False)

# Who we are on the network
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_make(DATA_DIR / "secret_key")
HOST = env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
if not 0 < PORT < 65536:
    raise ImproperlyConfigured(f"PORT is a number from 1 to 65535, not {PORT}.")
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in ("http", "https") or not _site.hostname or _site.path:
    raise ImproperlyConfigured(f"SITE_URL looks like https://www.example.ir, not {SITE_URL}.")
IS_SECURE = _site.scheme == "https"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
OPERATOR_NETWORKS = env.list("OPERATOR_NETWORKS", default=["127.0.0.0/8", "::1/128"])

INSTALLED_APPS = [
    "hamyari_site",
    "news",
    "contact",
    "pages",
    "outbox",
    "operations",
    "persian",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "hamyari_site.apps.StaffConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django_tasks_db",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "operations.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "pages.middleware.ErrorPageMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pages.middleware.CleanAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "persian.middleware.FoldedAddressMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "persian.admin_digits.AdminDigitsMiddleware",
]

ROOT_URLCONF = "hamyari_site.urls"
WSGI_APPLICATION = "hamyari_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Database: SQLite unless DATABASE_URL says otherwise
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if not DATABASES["default"].get("ENGINE"):
    raise ImproperlyConfigured("DATABASE_URL looks like postgres://user:password@host:5432/name.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # synchronous=FULL: NORMAL loses acknowledged rows on a power cut. Immediate transactions wait for the lock at their
    # start, where the busy timeout works, not in the middle, where SQLite gives up at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    INSTALLED_APPS.append("django.contrib.postgres")  # the search index's own kind of index

# Cache: in each process unless Redis is given
CACHES = {
    "default": env.cache_url(
        "CACHE_URL", default=env.str("REDIS_URL", default="") or "locmemcache://hamyari"
    ),
}

# Tasks: Wagtail and modelsearch queue their index updates on "default"; a killed worker would lose them, so they run at
# once. Our own work wakes through "outbox", and what must not be lost stands in the outbox's own table.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "outbox": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []},
}

# E-mail: without a server nothing is sent, the outbox keeps it, and the checklist says so
EMAIL_URL = env.str("EMAIL_URL", default="")
EMAIL_CONFIGURED = bool(EMAIL_URL)
_email = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(_email)
MAIL_TRANSPORT = _email["EMAIL_BACKEND"]  # how the outbox reaches the server
# All mail is a row first, so that a server that is down costs time only.
EMAIL_BACKEND = "outbox.backend.OutboxBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"no-reply@{_site.hostname}")
# The mailbox that e-mails come back to; without it only `manage.py note_bounce` hears of them
BOUNCES_URL = env.str("BOUNCES_URL", default="")

# Text messages to mobiles: without a gateway none is written
SMS_URL = env.str("SMS_URL", default="")
if SMS_URL and urlsplit(SMS_URL).scheme not in ("https", "http", "console"):
    raise ImproperlyConfigured(
        "SMS_URL looks like https://gateway.example.ir/send?receptor={to}&message={text}."
    )

# Messages: many Iranian mobile lines share one address, so the limit leaves room for neighbours
CONTACT_MESSAGES_PER_HOUR = env.int("CONTACT_MESSAGES_PER_HOUR", default=20)

# Accounts
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "hamyari_site.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3

# Language and time
LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", _("Persian"))]
FORMAT_MODULE_PATH = "persian.formats"
# Ours, then what finishes the CMS's own Persian.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "cms"]
TIME_ZONE = "Asia/Tehran"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "operations.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "operations.uploads.SteadyTemporaryUpload",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # long StreamField pages have thousands of fields
DATA_UPLOAD_MAX_NUMBER_FILES = 50

# Security: what depends on TLS follows the scheme of SITE_URL
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE and TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_FAILURE_VIEW = "contact.public.csrf.failure"
X_FRAME_OPTIONS = "DENY"  # Wagtail itself lets the admin frame its previews

# Wagtail
WAGTAIL_SITE_NAME = "همیاری"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "hamyari_site.login.LoginForm"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request to another domain
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = EMAIL_CONFIGURED
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
# Only those who approve may edit what waits for approval, and one press publishes what they mended.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fa", _("Persian"))]
WAGTAIL_USER_TIME_ZONES = ["Asia/Tehran"]
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link", "arabic"]},
    },
}
WAGTAILEMBEDS_FINDERS: list[object] = []  # embeds would fetch from foreign sites
WAGTAILIMAGES_IMAGE_MODEL = "pages.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.SiteDocument"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"webp": "jpeg"}  # where no format is asked for: every phone shows JPEG
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "persian.search"}}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "persian.tags.parse"  # the Persian comma divides too
TAGGIT_STRING_FROM_TAGS = "persian.tags.join"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"secrets": {"()": "operations.log_filter.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Scanners ask for foreign hosts and missing pages all day, each with a traceback. The access log has a line of each.
        "django.security": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        # Every save of a page would write four lines; what people did stands in the CMS's own history.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
