"""The addresses of the way in. Of allauth's own addresses these and no others are offered.

Where allauth looks for its pages by name, they have its names.
"""

from django.contrib.auth.views import LogoutView
from django.urls import path

from vft.web.login import code, password, provider, setup
from vft.web.rooms.account import page

urlpatterns = [
    path("logg-inn/", password.Login.as_view(), name="login"),
    path("logg-inn/", password.Login.as_view(), name="account_login"),
    path("logg-inn/kode/", code.Code.as_view(), name="mfa_authenticate"),
    path("logg-inn/avbryt/", code.leave, name="login-leave"),
    path("logg-inn/kommunens/", provider.start, name="provider"),
    path("logg-inn/kommunens/svar/", provider.answer, name="provider-answer"),
    path("logg-inn/bekreft/", code.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("logg-inn/bekreft/kode/", code.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("logg-ut/", LogoutView.as_view(), name="logout"),
    path("min-bruker/", page.page, name="mfa_index"),
    path("min-bruker/totrinn/", setup.SetUp.as_view(), name="mfa_activate_totp"),
    path("min-bruker/totrinn/av/", setup.TurnOff.as_view(), name="mfa_deactivate_totp"),
    path("min-bruker/reservekoder/", setup.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path(
        "min-bruker/reservekoder/nye/",
        setup.NewRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]
