"""The live path, against a server on this machine: retries, cache, query and failure."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep

import pytest

from vft.errors import FileRefused, VftError
from vft.sources.ssb import pxweb


@contextmanager
def service(*answers):
    """A server that gives (status, headers, body) in turn; the last again and again."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            length = int(self.headers.get("Content-Length", 0))
            asked.append((self.command, self.rfile.read(length)))
            status, headers, body = answers[min(len(asked), len(answers)) - 1]
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815 - names that the library calls

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/table", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


OK = (200, {}, b"{}")


@pytest.mark.parametrize("headers", [{"Retry-After": "1"}, {}], ids=["says when", "says nothing"])
@pytest.mark.parametrize("busy", [429, 503])
def test_a_busy_service_is_asked_again(tmp_path, busy, headers):
    with service((busy, headers, b""), OK) as (url, asked):
        answer = pxweb.fetch(url, cache=tmp_path)
    assert (answer.content, len(asked)) == (b"{}", 2)


def test_the_service_decides_how_long_to_wait(tmp_path):
    with service((429, {"Retry-After": "2"}, b""), OK) as (url, _):
        began = monotonic()
        pxweb.fetch(url, cache=tmp_path)
    assert monotonic() - began >= 2


def test_a_second_question_is_answered_from_the_cache(tmp_path):
    with service((200, {}, b"first"), (200, {}, b"second")) as (url, asked):
        first, second = (pxweb.fetch(url, cache=tmp_path) for _ in range(2))
    assert (first.content, first.from_cache) == (b"first", False)
    assert (second.content, second.from_cache) == (b"first", True)
    assert abs(second.retrieved_at - first.retrieved_at) < timedelta(seconds=1)
    assert len(asked) == 1


def test_a_query_is_posted_and_another_query_is_another_question(tmp_path):
    with service((200, {}, b"a"), (200, {}, b"b")) as (url, asked):
        answers = [pxweb.fetch(url, cache=tmp_path, query={"q": i}) for i in (1, 2, 1)]
    assert [answer.content for answer in answers] == [b"a", b"b", b"a"]
    assert asked == [("POST", b'{"q": 1}'), ("POST", b'{"q": 2}')]


def test_a_refusal_is_said_with_the_services_words(tmp_path):
    with (
        service((400, {}, b"Unknown variable Aldder")) as (url, _),
        pytest.raises(VftError, match="svarte 400: Unknown variable Aldder"),
    ):
        pxweb.fetch(url, cache=tmp_path)


def test_a_service_that_stays_busy_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(pxweb, "_TRIES", 1)
    with (
        service((503, {"Retry-After": "0"}, b"")) as (url, asked),
        pytest.raises(VftError, match=r"opptatt \(svarte 503 2 ganger\)"),
    ):
        pxweb.fetch(url, cache=tmp_path)
    assert len(asked) == 2


def test_an_old_answer_is_better_than_none(tmp_path, monkeypatch):
    monkeypatch.setattr(pxweb, "_KEPT", timedelta(seconds=1))
    monkeypatch.setattr(pxweb, "_TRIES", 0)
    with service((200, {}, b"old"), (503, {}, b"")) as (url, asked):
        pxweb.fetch(url, cache=tmp_path)
        sleep(1.1)
        answer = pxweb.fetch(url, cache=tmp_path)
    assert (answer.content, answer.from_cache, len(asked)) == (b"old", True, 2)


def test_no_service_is_said_with_what_to_do(tmp_path):
    with service(OK) as (url, _):
        pass
    with pytest.raises(VftError, match="Fikk ikke svar fra"):
        pxweb.fetch(url, cache=tmp_path)


def test_a_query_that_is_no_json_is_refused(tmp_path):
    path = tmp_path / "q.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(FileRefused, match=r"Den er ikke JSON: linje 1, tegn 2\."):
        pxweb.read_query(path)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(FileRefused, match="ikke et JSON-objekt"):
        pxweb.read_query(path)


def test_an_address_that_is_none_is_not_blamed_on_the_net(tmp_path):
    with pytest.raises(VftError, match=r"«data\.ssb\.no» er ikke en nettadresse"):
        pxweb.fetch("data.ssb.no", cache=tmp_path)
