"""Addresses of the machinery; included at the root, before Wagtail's."""

from django.urls import path

from . import csp_report, first_admin, media, views

urlpatterns = [
    path("healthz", views.healthz, name="operations_healthz"),
    path("readyz", views.readyz, name="operations_readyz"),
    path("csp-report/", csp_report.receive, name="operations_csp_report"),
    path("media/<path:path>", media.serve, name="operations_media"),
    path("admin/first-admin/<str:token>/", first_admin.view, name="operations_first_admin"),
]
