"""How often something may be done: failed logins, and questions to the API.

Counted in the database, in rows that are locked while they are counted: a cache would lose count
between two processes, and a limit that half the servers know of is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import salted_hmac

from vft.access.models import Spent
from vft.access.writes import writing


@dataclass(frozen=True, kw_only=True)
class Limit:
    """So many times in so long, counted from the first."""

    name: str
    times: int
    span: timedelta


#: Failed logins of one username, whether there is such a user or not, and failed codes.
FAILURES_OF_USER = Limit(name="login-user", times=5, span=timedelta(minutes=15))
#: Failed logins from one address, where a whole office may sit behind one.
FAILURES_FROM_ADDRESS = Limit(name="login-address", times=50, span=timedelta(minutes=15))
#: Questions to the API with one key, or from one address without.
API = Limit(name="api", times=600, span=timedelta(minutes=1))


def spend(limit: Limit, key: str, *, now: datetime) -> datetime | None:
    """Count one time; None while that is within the limit, else when to try again."""
    digest = _digest(limit, key)
    with writing():
        Spent.objects.filter(until__lte=now).delete()
        row, is_new = Spent.objects.select_for_update().get_or_create(
            limit=limit.name, key=digest, defaults={"until": now + limit.span, "count": 1}
        )
        if not is_new:
            row.count += 1
            row.save(update_fields=["count"])
    return row.until if row.count > limit.times else None


def give_back(limit: Limit, key: str) -> None:
    """Count one time less: what was counted was no failure after all."""
    with writing():
        Spent.objects.filter(limit=limit.name, key=_digest(limit, key), count__gt=0).update(
            count=F("count") - 1
        )


def closed_until(limit: Limit, key: str, *, now: datetime) -> datetime | None:
    """When the next time will be within the limit; None if it is now. Counts nothing."""
    return closed(limit, [key], now=now).get(key)


def closed(limit: Limit, keys: Iterable[str], *, now: datetime) -> dict[str, datetime]:
    """Of these keys, those whose limit is spent, and until when: one question."""
    by_digest = {_digest(limit, key): key for key in keys}
    spent = Spent.objects.filter(
        limit=limit.name, key__in=list(by_digest), until__gt=now, count__gte=limit.times
    )
    return {by_digest[digest]: until for digest, until in spent.values_list("key", "until")}


def lift(limit: Limit, key: str) -> bool:
    """Forget what was spent; whether anything was."""
    with writing():
        gone, _ = Spent.objects.filter(limit=limit.name, key=_digest(limit, key)).delete()
    return bool(gone)


def _digest(limit: Limit, key: str) -> str:
    # People write passwords where the username should be.
    return salted_hmac(f"vft.limits.{limit.name}", key.casefold(), algorithm="sha256").hexdigest()
