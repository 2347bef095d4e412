"""The addresses of the room Administrasjon."""

from django.urls import path

from vft.web.rooms.administration import (
    access_log,
    annotations,
    changes,
    doors,
    mappings,
    new_user,
    roles,
    small_cells,
    user,
    users,
)

_USER = "administrasjon/brukere/<int:user_id>/"
_NOTE = "administrasjon/merknader/<int:annotation_id>/"
urlpatterns = [
    path("administrasjon/", doors.start, name="administration"),
    path("administrasjon/brukere/", users.page, name="users"),
    path("administrasjon/brukere/ny/", new_user.page, name="user-new"),
    path(_USER, user.page, name="user"),
    path(f"{_USER}roller/<int:role_id>/ta-bort/", user.take, name="role-take"),
    path(f"{_USER}nokler/<int:token_id>/trekk-tilbake/", user.revoke, name="user-key"),
    path(f"{_USER}<slug:what>/", user.act, name="user-act"),
    path("administrasjon/roller/", roles.page, name="roles"),
    path("administrasjon/innsyn/", access_log.page, name="access-log"),
    path("administrasjon/endringer/", changes.page, name="changes"),
    path("administrasjon/smaa-tall/", small_cells.page, name="small-cells"),
    path("administrasjon/merknader/", annotations.page, name="annotations"),
    path("administrasjon/merknader/ny/", annotations.new, name="annotation-new"),
    path(_NOTE, annotations.one, name="annotation"),
    path(f"{_NOTE}trekk-tilbake/", annotations.withdraw, name="annotation-withdraw"),
    path("administrasjon/tilordninger/", mappings.page, name="mappings"),
]
