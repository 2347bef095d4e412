"""The addresses of the room Min bruker."""

from django.urls import path

from vft.web.rooms.account import keys, page, password

urlpatterns = [
    path("min-bruker/", page.page, name="account"),
    path("min-bruker/passord/", password.page, name="password"),
    path("min-bruker/nokler/ny/", keys.new, name="token-new"),
    path("min-bruker/nokler/<int:token_id>/trekk-tilbake/", keys.revoke, name="token-revoke"),
]
