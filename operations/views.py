"""Addresses for machines: is the process alive, is the site fit to serve."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from . import health
from .client_address import is_operator


@never_cache
@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 for as long as the process answers; asks neither the database nor anything else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Every health check as JSON: 200 when all hold, else 503; for anyone but operators no such page."""
    if not is_operator(request):
        raise Http404
    ready, checks = health.report()
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)
