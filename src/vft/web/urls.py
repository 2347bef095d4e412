"""The addresses of the rooms, in Norwegian, since readers see and send them."""

from django.urls import include, path

from vft.web.api import guide
from vft.web.rooms import about, exports, overview, saved, upload, wallboard
from vft.web.rooms.holdings import corrections, deliveries, quarantine, registers, status
from vft.web.rooms.indicators import catalogue as indicators
from vft.web.rooms.indicators import explained, rows
from vft.web.rooms.scaling import views as scaling

urlpatterns = [
    path("", overview.page, name="overview"),
    path("skalering/", scaling.page, name="scaling"),
    path("skalering/tall.<slug:ending>", exports.scaling, name="scaling-file"),
    path("skalering/maaltavle.pdf", wallboard.pdf, name="wallboard"),
    path("lagrede-visninger/", saved.page, name="saved"),
    path("lagrede-visninger/ny/", saved.save, name="saved-new"),
    path("lagrede-visninger/<uuid:view_id>/navn/", saved.rename, name="saved-rename"),
    path("lagrede-visninger/<uuid:view_id>/slett/", saved.remove, name="saved-remove"),
    path("indikatorer/", indicators.page, name="indicators"),
    path("indikatorer/<slug:indicator>/", explained.page, name="explain"),
    path("indikatorer/<slug:indicator>/rader/", rows.page, name="figure-rows"),
    path("datagrunnlag/", status.page, name="holdings"),
    path("datagrunnlag/leveranser/", deliveries.page, name="deliveries"),
    path("datagrunnlag/avviste-rader/", quarantine.page, name="quarantine"),
    path("datagrunnlag/rettelser/", corrections.page, name="corrections"),
    path("datagrunnlag/registre/", registers.page, name="registers"),
    path(
        "datagrunnlag/registre/<slug:service>/<slug:grouping>/<str:code>/",
        registers.names,
        name="register-names",
    ),
    path("last-opp/", upload.page, name="upload"),
    path("last-opp/<uuid:upload_id>/", upload.report, name="upload-report"),
    path("", include("vft.web.login.urls")),
    path("", include("vft.web.rooms.account.urls")),
    path("", include("vft.web.rooms.administration.urls")),
    path("api/", guide.page, name="api-guide"),
    path("tilgjengelighet/", about.accessibility, name="accessibility"),
]
