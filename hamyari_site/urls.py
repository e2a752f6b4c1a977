"""Every address of the site. The page tree comes last, for it answers to anything."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from hamyari_site.accept import accept_invitation
from pages import views as pages_views
from pages.search import views as search_views

urlpatterns = [
    path("", include("operations.urls")),
    path("admin/invitation/<str:key>/<str:token>/", accept_invitation, name="accept_invitation"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("search/", search_views.search, name="search"),
    path("search/suggestions/", search_views.suggest, name="search_suggestions"),
    path("sitemap.xml", csrf_exempt(require_safe(sitemap)), name="sitemap"),
    path("robots.txt", pages_views.robots, name="robots"),
    path("favicon.ico", pages_views.favicon, name="favicon"),
    path(".well-known/security.txt", pages_views.security_txt, name="security_txt"),
    path("n/", include("news.urls")),
    # Wagtail's plain login for private pages: there is one door, the admin's.
    path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)),
    path("", include(wagtail_urls)),
]

handler400 = "pages.errors.bad_request"
handler403 = "pages.errors.permission_denied"
handler404 = "pages.errors.page_not_found"
handler500 = "pages.errors.server_error"
