"""Tables straight from a PxWeb service, kept on disk for a day.

A busy service (429, 503) is asked again when it says so (Retry-After), at most a few times.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vft.errors import VftError
from vft.sources import short_table
from vft.sources.refusal import refused

if TYPE_CHECKING:
    import requests_cache

_TRIES = 5
_LONGEST_WAIT = 60
_TIMEOUT = (10, 120)
_KEPT = timedelta(days=1)
_BUSY = (429, 503)
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``retrieved_at``: when the service gave it. ``from_cache``: it was not asked now."""

    content: bytes
    retrieved_at: datetime
    from_cache: bool


def fetch(url: str, *, cache: Path, query: Any = None) -> Answer:
    """Get a table; with a query (a JSON object) it is posted, as the older PxWeb wants it.

    Effects:
        Reads the net, and keeps the answer in ``cache``. An answer younger than a day is used
        again; an older one where the service fails.

    Raises:
        VftError: the service cannot be reached, stays busy, or refuses.
    """
    import requests

    with _session(cache) as session:
        try:
            answer = (
                session.get(url, timeout=_TIMEOUT)
                if query is None
                else session.post(url, json=query, timeout=_TIMEOUT)
            )
        except requests.RequestException as error:
            raise _unreachable(url, error) from error
        if not answer.ok:
            raise _refused(url, answer.status_code, answer.text)
        return Answer(
            content=answer.content,
            retrieved_at=answer.created_at,
            from_cache=answer.from_cache,
        )


def read_query(path: Path) -> dict[str, Any]:
    """A query as the service's own page shows it.

    Raises:
        FileRefused: there is no such file, or it is no JSON object.
    """
    mend = "Kopier spørringen fra tabellens side."
    content = short_table.content(path, most_bytes=_MOST_BYTES)
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        wrong = f"Den er ikke JSON: linje {error.lineno}, tegn {error.colno}."
        raise refused(path, "nonsense", wrong, mend) from error
    except (ValueError, RecursionError) as error:
        raise refused(path, "nonsense", "Den er ikke JSON i UTF-8.", mend) from error
    if not isinstance(found, dict):
        raise refused(path, "nonsense", "Den er ikke et JSON-objekt.", mend)
    return found


def _session(cache: Path) -> "requests_cache.CachedSession":
    import requests_cache
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    cache.mkdir(parents=True, exist_ok=True)
    session = requests_cache.CachedSession(
        str(cache / "pxweb.sqlite"),
        backend="sqlite",
        expire_after=_KEPT,
        allowable_methods=("GET", "POST"),
        stale_if_error=True,
    )
    again = Retry(
        total=_TRIES,
        status_forcelist=_BUSY,
        allowed_methods=None,  # a query is posted, and changes nothing there
        backoff_factor=0.5,
        respect_retry_after_header=True,
        retry_after_max=_LONGEST_WAIT,
        raise_on_status=False,
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session


def _unreachable(url: str, error: Exception) -> VftError:
    from requests import Timeout

    if isinstance(error, ValueError):  # what the library has for an address that is none
        return VftError(f"«{url}» er ikke en nettadresse. Skriv den hel, fra https://.")
    why = "tiden gikk ut" if isinstance(error, Timeout) else "fikk ingen forbindelse"
    return VftError(
        f"Fikk ikke svar fra {url} ({why}). Se etter om adressen er riktig og om maskinen har "
        "nett, eller lagre tabellen som fil (json-stat2) og oppgi den."
    )


def _refused(url: str, status: int, text: str) -> VftError:
    if status in _BUSY:
        return VftError(
            f"{url} er opptatt (svarte {status} {_TRIES + 1} ganger). Prøv igjen senere, eller "
            "oppgi tabellen som fil."
        )
    said = " ".join(text.split())[:200]
    return VftError(
        f"{url} svarte {status}: {said or 'uten forklaring'}. Se etter skrivefeil i adressen "
        "eller i spørringen."
    )
