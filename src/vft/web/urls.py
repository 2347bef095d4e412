"""The addresses of the rooms, in Norwegian, since readers see and send them."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from vft.web import session
from vft.web.rooms import about, holdings, overview, scaling, upload

urlpatterns = [
    path("", overview.page, name="overview"),
    path("skalering/", scaling.page, name="scaling"),
    path("datagrunnlag/", holdings.page, name="holdings"),
    path("last-opp/", upload.page, name="upload"),
    path("logg-inn/", session.Login.as_view(), name="login"),
    path("logg-ut/", LogoutView.as_view(), name="logout"),
    path("tilgjengelighet/", about.accessibility, name="accessibility"),
]
