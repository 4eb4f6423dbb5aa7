"""django-cors-headers in a Django application of one file, served by waitress."""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponseNotAllowed, JsonResponse
from django.urls import path
from waitress import serve

CORS = "corsheaders.middleware.CorsMiddleware"
POLICY = dict(
    MIDDLEWARE=[CORS],
    CORS_ALLOW_METHODS=["GET", "POST", "PUT"],
    CORS_ALLOW_HEADERS=["content-type", "authorization"],
    CORS_EXPOSE_HEADERS=["X-Total-Count"],
    CORS_ALLOW_CREDENTIALS=True,
    CORS_PREFLIGHT_MAX_AGE=600,
)
POLICIES = {
    "right": dict(
        POLICY, CORS_ALLOWED_ORIGINS=["https://app.shop.example", "https://admin.shop.example"]
    ),
    # A bare dot is any letter: https://appxshop.example belongs to whoever registers it.
    "dot": dict(POLICY, CORS_ALLOWED_ORIGIN_REGEXES=[r"^https://app.shop.example$"]),
    # TLS ends before Django, which is not told.
    "scheme": dict(
        POLICY,
        CORS_ALLOWED_ORIGINS=["https://app.shop.example", "https://admin.shop.example"],
        MIDDLEWARE=["django.middleware.security.SecurityMiddleware", CORS],
        SECURE_SSL_REDIRECT=True,
    ),
    # A preflight brings no token along, so it is turned away before CorsMiddleware sees it.
    "order": dict(
        POLICY,
        CORS_ALLOWED_ORIGINS=["https://app.shop.example"],
        MIDDLEWARE=[f"{__name__}.token_needed", CORS],
    ),
}

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="nothing is signed here",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["corsheaders"],
    LOGGING={"version": 1, "loggers": {"django": {"level": "CRITICAL"}}},
    **POLICIES[sys.argv[1] if len(sys.argv) > 1 else "right"],
)


def token_needed(get_response):
    def middleware(request):
        if request.method in ("GET", "HEAD") or "Authorization" in request.headers:
            return get_response(request)
        return JsonResponse({"error": "an Authorization header is needed"}, status=401)

    return middleware


def data(request):
    if request.method == "GET":
        return JsonResponse(["first", "second"], safe=False, headers={"X-Total-Count": "2"})
    if request.method == "POST":
        return JsonResponse({"made": True}, status=201)
    if request.method == "PUT":
        return JsonResponse({"changed": True})
    return HttpResponseNotAllowed(["GET", "POST", "PUT"])


urlpatterns = [path("data", data)]

serve(get_wsgi_application(), host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ["PORT"]), threads=8)
