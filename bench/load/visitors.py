"""The visitors: run by Locust, told of accounts, mix and rate by the file in VFT_LOAD.

Each logs in on the login page and then asks at a constant pace, whether or not the answers are
slow. Only what was asked in the time that is measured is noted.
"""

import json
import os
import random
import time
from itertools import count
from pathlib import Path
from typing import Any

from locust import FastHttpUser, constant_throughput, events, task

from bench.load import mix
from bench.load.mix import Request
from bench.load.reader import token

_told: dict[str, Any] = json.loads(Path(os.environ["VFT_LOAD"]).read_text(encoding="utf-8"))
_asked = [Request(**request) for request in _told["asked"]]
_number = count()
_noted: list[dict[str, Any]] = []
_time = {"from": 0.0, "until": 0.0}


class Visitor(FastHttpUser):  # type: ignore[misc] # Locust publishes no types for it
    """A reader with an account of hers; several may share one, as one may have two windows."""

    wait_time = constant_throughput(_told["rate"] / _told["visitors"])
    network_timeout = connection_timeout = 60.0

    def on_start(self) -> None:
        """Log in."""
        number = next(_number)
        account = _told["accounts"][number % len(_told["accounts"])]
        self._next = mix.chosen(_asked, random.Random(number))  # noqa: S311 - the same each time
        self._tags: dict[str, str] = {}
        form = token(self.client.get("/logg-inn/", name="login").text)
        named = {"username": account["username"], "password": account["password"]}
        self.client.post(
            "/logg-inn/",
            data=named | {"csrfmiddlewaretoken": form},
            name="login",
            allow_redirects=False,
        )

    @task
    def ask(self) -> None:
        """One request out of the mix."""
        asked = next(self._next)
        headers = {"HX-Request": "true"} if asked.in_part else {}
        if asked.again and asked.address in self._tags:
            headers["If-None-Match"] = self._tags[asked.address]
        kept = {"name": asked.kind, "headers": headers, "allow_redirects": False}
        with self.client.get(asked.address, catch_response=True, **kept) as answer:
            right = 304 if "If-None-Match" in headers else 200
            if answer.status_code != right:
                answer.failure(f"{answer.status_code} for {asked.address}")
            if asked.again:
                self._tags[asked.address] = answer.headers.get("ETag", "")


@events.spawning_complete.add_listener
def begin(**_: Any) -> None:
    """All are logged in: after a moment the measuring begins."""
    _time["from"] = time.time() + _told["settle"]
    _time["until"] = _time["from"] + _told["seconds"]


@events.request.add_listener
def note(name: str, response_time: float, exception: Any, start_time: float, **_: Any) -> None:
    """Note an answer to what was asked while it was measured."""
    if _time["from"] <= start_time < _time["until"]:
        wrong = str(exception) if exception else ""
        _noted.append({"kind": name, "seconds": response_time / 1000, "wrong": wrong})


@events.quitting.add_listener
def hand_over(**_: Any) -> None:
    """Write down what was noted."""
    told = _time | {"answers": _noted}
    Path(_told["to"]).write_text(json.dumps(told), encoding="utf-8")
