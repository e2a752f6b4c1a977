"""Gunicorn's settings: two processes of four threads, modest limits, and a log that names no person.

WEB_WORKERS and WEB_THREADS in the environment change the numbers; the address to listen on comes from
`serve`.
"""

import logging
import os
from pathlib import Path

import gunicorn.util
from gunicorn.http import message

from operations.web_server import AccessLogger, write_error

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = False

# Less than the supervisor's own patience, so that a slow request is cut off by gunicorn and not by a kill.
graceful_timeout = 8
timeout = 60
keepalive = 5

# The longest request line. Gunicorn cuts any setting down to its constant MAX_REQUEST_LINE (8190) and answers
# longer ones itself, in English, before the site sees them; but ten thousand Persian letters in a search are
# 60 kB when percent-encoded, and such a visitor deserves a page of ours. The constant is read when a request
# is parsed, so raising it here (this file runs in the master, before the workers fork) is enough. Still
# bounded: 128 kB.
message.MAX_REQUEST_LINE = limit_request_line = 128 * 1024
limit_request_fields = 100
limit_request_field_size = 8190
gunicorn.util.write_error = write_error

# Who the visitor is, and over which scheme, is decided by Django with TRUSTED_PROXIES, never by gunicorn.
forwarded_allow_ips = ""

# Gunicorn's signs of life are file changes, which must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) and Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True

# No address, no query string, no referrer, no browser: what was asked, how it ended, bytes, milliseconds.
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(B)s B %(M)s ms"
logger_class = AccessLogger
loglevel = "warning"
# Django leaves it to the server to cut the body off an answer to HEAD; gunicorn does, and would complain each
# time.
logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)
