"""Lagrede visninger: a reader's own list of addresses that she has given names."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vft.access import scope
from vft.access.models import User
from vft.web import saved_views
from vft.web.models import Room, SavedView

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class NameForm(forms.Form):
    """What a view is called."""

    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=80,
        error_messages={
            "required": gettext_lazy("Skriv et navn, så du finner visningen igjen."),
            "max_length": gettext_lazy("Navnet er for langt. Bruk høyst 80 tegn."),
        },
        widget=forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off"}),
    )


class NewForm(NameForm):
    """A view to be saved: its name, its room and the choices in its address."""

    room = forms.ChoiceField(choices=Room.choices, widget=forms.HiddenInput())
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owner = owner

    def clean(self) -> dict[str, Any]:
        """Refuse one more than there is room for."""
        if saved_views.is_full(self._owner):
            told = {"most": saved_views.MOST}
            raise forms.ValidationError(
                _("Du har %(most)s lagrede visninger, og flere er det ikke plass til. Slett en."),
                params=told,
            )
        return dict(self.cleaned_data)


def page(request: HttpRequest) -> HttpResponse:
    """The reader's saved views, each with the way to another name and to removing it."""
    return _listed(request, _reader(request))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save a view; then show the list, where it is the first."""
    owner = _reader(request)
    form = NewForm(request.POST, owner=owner)
    if not form.is_valid():
        return _listed(request, owner, form=form, status=422)
    told = form.cleaned_data
    saved_views.save(owner=owner, name=told["name"], room=Room(told["room"]), query=told["query"])
    return redirect("saved")


@require_POST
def rename(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Give one of the reader's views another name."""
    owner = _reader(request)
    view = _own(owner, view_id)
    form = NameForm(request.POST, prefix=str(view_id))
    if not form.is_valid():
        return _listed(request, owner, renaming=(view_id, form), status=422)
    saved_views.rename(view=view, name=form.cleaned_data["name"])
    return redirect("saved")


@require_POST
def remove(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Remove one of the reader's views."""
    saved_views.remove(view=_own(_reader(request), view_id))
    return redirect("saved")


def _reader(request: HttpRequest) -> User:
    user: User | AnonymousUser = request.user
    scope.require(user, scope.FIGURES)
    if not isinstance(user, User):
        raise Http404
    return user


def _own(owner: User, view_id: UUID) -> SavedView:
    view = saved_views.of(owner, view_id)
    if view is None:
        raise Http404(str(view_id))
    return view


def _listed(
    request: HttpRequest,
    owner: User,
    *,
    form: NewForm | None = None,
    renaming: tuple[UUID, NameForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    views = [
        (view, renaming[1] if renaming and renaming[0] == view.pk else _form_of(view))
        for view in saved_views.saved_by(owner)
    ]
    context = {"views": views, "form": form or (renaming[1] if renaming else None), "new": form}
    return render(request, "web/saved.html", context, status=status)


def _form_of(view: SavedView) -> NameForm:
    return NameForm(initial={"name": view.name}, prefix=str(view.pk))
