# syntax=docker/dockerfile:1
# The site as one small image: web server, task worker and scheduler under one supervisor, as `make run` starts them.
# docker build -t hamyari . && docker run -p 8000:8000 -v hamyari-data:/data -e SITE_URL=https://www.example.ir hamyari

ARG PYTHON=3.13-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements/base.txt /build/
RUN /venv/bin/pip install --no-deps --require-hashes -r /build/base.txt && /venv/bin/pip uninstall --yes pip
WORKDIR /site
COPY . .
# Collecting the static files here makes a missing one fail the build; `serve` collects them into the volume when they change.
RUN export DATA_DIR=/tmp/build SECRET_KEY=only-while-building \
    && /venv/bin/python manage.py build_messages \
    && /venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /venv/bin/python -m compileall -q . \
    && rm -rf /tmp/build requirements

FROM python:${PYTHON}
# libfribidi0: Pillow carries libraqm, and loads fribidi at run time to shape Persian on pictures.
# Pango and what it draws with: WeasyPrint makes PDF by them.
# The newest security updates of Debian are wanted, whatever their number.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libfribidi0 libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 media-types tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 site \
    && useradd --system --uid 10001 --gid site --home-dir /data --no-create-home --shell /usr/sbin/nologin site \
    && install --directory --owner=site --group=site --mode=0750 /data
COPY --from=build /venv /venv
COPY --from=build /site /site
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /site
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --retries=3 \
    CMD ["python", "-c", "import os, urllib.parse as p, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', headers={'Host': p.urlsplit(os.environ.get('SITE_URL') or 'http://localhost').hostname}), timeout=4)"]
CMD ["python", "manage.py", "serve"]
