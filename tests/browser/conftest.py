"""A real server and its worker on a real installation, and Chromium to look at them with."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--no-first-run", "--disable-default-apps"),
]
HERE = Path(__file__).parent
SCREENSHOTS = HERE.parents[1] / "docs" / "screenshots"
#: Pictures that are not the README's: not committed, kept by whoever runs the tests.
LOOKED_AT = HERE.parents[1] / "var" / "screenshots"
WIDTHS = (1280, 320)


@dataclass(frozen=True)
class Site:
    address: str
    exports: Path
    passwords: dict[str, str]


def pytest_configure(config):
    # pytest-base-url, which pytest-playwright brings, defines its fixture in an older way
    config.addinivalue_line(
        "filterwarnings",
        "ignore:Session-scoped fixtures defined as instance:pytest.PytestRemovedIn10Warning",
    )


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        pytest.skip("Chromium is not here: apt-get install chromium")
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "nb-NO", "timezone_id": "Europe/Oslo"}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Start the server and the worker; end both."""
    home, exports = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("exports")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VFT_", "DATABASE_"))}
    environment = kept | {
        "VFT_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "vft.config.settings",
    }
    users = _users(exports, environment)
    port = _free_port()
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--no-ws", "vft.config.wsgi:application"),
        ],
        env=environment,
    )
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "db_worker", "--interval", "0.3"], env=environment
    )
    try:
        _wait_for(port)
        yield Site(f"http://127.0.0.1:{port}", exports, users)
    finally:
        for process in (server, worker):
            process.terminate()
            process.wait(timeout=30)


def _users(exports, environment):
    made = subprocess.run(
        [sys.executable, str(HERE / "installation.py"), str(exports)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return {user["username"]: user["password"] for user in json.loads(made.stdout)}


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _wait_for(port):
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    message = "the server did not start"
    raise RuntimeError(message)


@pytest.fixture
def page(context, site):
    """A page that fails its test if anything is asked of another machine or breaks."""
    asked, broken = [], []
    page = context.new_page()
    # nothing is made ready beforehand here: the first reader of each kind waits
    page.set_default_timeout(120_000)
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda m: broken.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    elsewhere = [url for url in asked if not url.startswith((site.address, "data:"))]
    assert elsewhere == []
    # a refused form answers 422 and a closed room 403, which Chromium reports as errors
    assert [text for text in broken if "422" not in text and "403" not in text] == []


@pytest.fixture
def log_in(page, site):
    def as_user(name):
        page.goto(f"{site.address}/logg-inn/")
        page.get_by_label("Brukernavn").fill(name)
        page.get_by_label("Passord").fill(site.passwords[name])
        page.get_by_role("button", name="Logg inn").click()
        page.wait_for_url(f"{site.address}/")
        return page

    return as_user


@pytest.fixture
def accessible(page):
    """Look at the page wide and narrow: axe finds nothing, and nothing reaches past the edge."""

    def looked_at():
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page)
            assert found.violations_count == 0, f"{page.url} at {width}:\n{found.generate_report()}"
            reach = page.evaluate("document.documentElement.scrollWidth")
            assert reach <= width, f"{page.url} reaches {reach} pixels at {width}"
        page.set_viewport_size({"width": 1280, "height": 900})

    return looked_at


@pytest.fixture
def picture(page):
    """Keep a picture of the page for the README."""

    def taken(name, *, width=1280):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})

    return taken


@pytest.fixture
def looked_at(page):
    """Keep pictures of the page at three widths, for whoever looks at what a change has done."""

    def taken(name):
        LOOKED_AT.mkdir(parents=True, exist_ok=True)
        page.wait_for_load_state("networkidle")
        for width in (1280, 768, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=LOOKED_AT / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})

    return taken
