"""Every address of the application."""

from django.urls import include, path

urlpatterns = [path("", include("vft.web.urls")), path("api/", include("vft.web.api.urls"))]
handler403 = "vft.web.refusals.denied"
handler404 = "vft.web.refusals.not_found"
handler500 = "vft.web.refusals.broken"
