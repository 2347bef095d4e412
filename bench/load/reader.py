"""One reader who logs in on the login page and opens pages, as a browser does."""

import re
import time
from dataclasses import dataclass

import requests

from bench.load.installation import Account
from bench.load.mix import Lists, Request

_PATIENCE = 300
_FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Refused(Exception):
    """The server answered otherwise than with the page."""


@dataclass(frozen=True)
class Opened:
    """What was asked for, and the seconds until all of it had come."""

    asked: Request
    seconds: float


class Reader:
    """A session. Not for measuring under load: see :mod:`bench.load.visitors`."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._session = requests.Session()

    def log_in(self, account: Account) -> float:
        """By the login page; gives the seconds until she was led on.

        Raises:
            Refused: she was not let in.
        """
        begun = time.perf_counter()
        form = token(self._text("/logg-inn/"))
        told = {"username": account.username, "password": account.password}
        answer = self._session.post(
            f"{self._address}/logg-inn/",
            data=told | {"csrfmiddlewaretoken": form},
            allow_redirects=False,
            timeout=_PATIENCE,
        )
        if answer.status_code != requests.codes.found:
            raise Refused(f"{account.username}: {answer.status_code}")
        return time.perf_counter() - begun

    def open(self, asked: Request) -> Opened:
        """Ask for something once.

        Raises:
            Refused: it did not come.
        """
        begun = time.perf_counter()
        self._text(asked.address, part=asked.in_part)
        return Opened(asked=asked, seconds=time.perf_counter() - begun)

    def lists(self) -> Lists:
        """What there is to ask for, by the API and the first page."""
        files = dict.fromkeys(_FILES.findall(self._text("/")))
        return Lists(
            indicators=self._codes("indicators", "code"),
            districts=self._codes("units?grouping=district", "unit"),
            months=self._codes("months", "month"),
            files=tuple(files),
        )

    def _codes(self, what: str, name: str) -> tuple[str, ...]:
        answer = self._session.get(f"{self._address}/api/v1/{what}", timeout=_PATIENCE)
        return tuple(str(row[name]) for row in answer.json()["items"])

    def _text(self, path: str, *, part: bool = False) -> str:
        headers = {"HX-Request": "true"} if part else {}
        answer = self._session.get(
            f"{self._address}{path}", headers=headers, allow_redirects=False, timeout=_PATIENCE
        )
        if answer.status_code != requests.codes.ok:
            raise Refused(f"{path}: {answer.status_code}")
        return answer.text


def token(page: str) -> str:
    """The token that a form of the page must bring back.

    Raises:
        Refused: it holds no form.
    """
    found = _TOKEN.search(page)
    if found is None:
        raise Refused("no form")
    return found[1]
