"""From a file sent on screen to figures, by the worker that `vft serve` starts."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult
from small_exports import UNITS, vedtak

from vft.access.models import AccessLog, Identity
from vft.pipeline import run
from vft.pipeline.home import Home
from vft.web import uploads
from vft.web.models import State, Upload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # the worker's own thread of the in-memory database is closed by the next test
    pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning"),
]


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    Home(Path(settings.VFT_HOME)).prepare()
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "arriving"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    return tmp_path


def send(client, name, content):
    file = SimpleUploadedFile(name, content.encode())
    return client.post("/last-opp/", {"file": file})


def work():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def text(answer):
    return re.sub(r"[ \n\t]+", " ", answer.content.decode())


def report(client, answer):
    return text(client.get(answer["Location"]))


def test_a_file_is_read_and_its_report_tells_what_was_kept_and_refused(log_in, own_home):
    client = log_in("analytiker")
    send(client, "enheter.csv", UNITS)
    answer = send(client, "gerica_tjenester.csv", vedtak(ends_on="01.01.2024"))
    waiting = report(client, answer)
    assert "venter på å bli lest" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    work()
    done = report(client, answer)
    assert "Filen er lest inn" in done
    assert re.search(r"Rader lest</dt><dd>9<", done)
    assert re.search(r"Nye</dt><dd>8<", done)
    assert "Til-dato er før fra-dato." in done
    assert "Rett datoene i fagsystemet." in done
    assert "hx-trigger" not in done
    assert "http-equiv" not in done
    assert Identity.objects.count() == 9
    assert list((own_home / "inbox").iterdir()) == []


def test_the_same_file_again_changes_nothing(log_in):
    client = log_in("analytiker")
    send(client, "enheter.csv", UNITS)
    again = send(client, "enheter.csv", UNITS)
    work()
    assert "Filen inneholder ikke noe nytt. Ingenting er endret." in report(client, again)


def stop_at_figures(*_args, **_kwargs):
    raise ValueError("Kunne ikke tolke «Kari Nordmann» 01017012345")


def test_a_file_of_headings_alone_is_said_to_have_no_rows(log_in):
    client = log_in("analytiker")
    send(client, "enheter.csv", UNITS)
    answer = send(client, "gerica_tjenester.csv", vedtak().splitlines(keepends=True)[0])
    work()
    assert "Filen har ingen rader, bare overskrifter." in report(client, answer)
    assert "Uten rader" in text(client.get("/datagrunnlag/leveranser/"))


def test_a_fault_is_told_without_what_the_file_says(log_in, monkeypatch, caplog):
    client = log_in("analytiker")
    monkeypatch.setattr(run, "refresh_and_publish", stop_at_figures)
    answer = send(client, "enheter.csv", UNITS)
    work()
    page, task, log = report(client, answer), DBTaskResult.objects.get(), caplog.text
    for kept in (page, task.traceback, log):
        assert "Nordmann" not in kept
        assert "01017012345" not in kept
    assert f"upload {Upload.objects.get().pk} stopped: ValueError" in log
    assert "RuntimeError: upload stopped" in task.traceback
    assert "Filen er lest inn, men noe gikk galt hos oss" in page
    assert "Ingenting av" not in page


def test_figures_that_were_not_computed_are_by_the_next_file(log_in, own_home):
    client = log_in("analytiker")
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(run, "refresh_and_publish", stop_at_figures)
        send(client, "enheter.csv", UNITS)
        send(client, "gerica_tjenester.csv", vedtak())
        work()
    assert not list(own_home.glob("publications/*.duckdb"))
    again = send(client, "enheter.csv", UNITS)
    work()
    assert list(own_home.glob("publications/*.duckdb"))
    assert "Tallene er oppdatert med det som er lest inn tidligere." in report(client, again)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("ukjent.csv", "a;b\n1;2\n", "Ingen tilordning kjenner filnavnet «ukjent.csv»"),
        ("enheter.csv", "kode;navn\n0301;Oslo\n", "Filen ble avvist"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(name, content, says, log_in, own_home):
    client = log_in("analytiker")
    answer = send(client, name, content)
    work()
    assert says in report(client, answer)
    assert Upload.objects.get().state == State.REFUSED
    assert list((own_home / "inbox").iterdir()) == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Velg filen du vil laste opp."),
        ({"file": SimpleUploadedFile("tom.csv", b"")}, "Filen er tom."),
        ({"file": SimpleUploadedFile("stor.csv", b"0123456789")}, "Filen er større enn 5"),
    ],
)
def test_what_cannot_be_taken_in_is_said_at_once(data, says, log_in, settings):
    settings.VFT_UPLOAD_MAX_BYTES = 5
    page = log_in("analytiker").post("/last-opp/", data)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert "For å gå videre må du rette opp" in page.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("name", ["min.toml", "LESMEG.md", ".enheter.csv"])
def test_what_is_no_export_by_its_name_is_refused_and_told_where_mappings_go(
    name, log_in, own_home
):
    answer = send(log_in("analytiker"), name, UNITS)
    assert answer.status_code == 422
    says = text(answer)
    assert f"«{name}» er ikke navnet på en eksport" in says
    assert "En tilordning legges i mappen tilordninger" in says
    assert str(own_home) not in says
    assert not Upload.objects.exists()
    assert not (own_home / "inbox").exists()


def test_a_demo_takes_no_file_unless_everyone_in_it_is_said_to_be_invented(log_in, own_home):
    (own_home / "demo" / "small").mkdir(parents=True)
    client = log_in("analytiker")
    assert "Dette er en demo med oppdiktede personer." in text(client.get("/last-opp/"))
    refused = send(client, "enheter.csv", UNITS)
    assert refused.status_code == 422
    assert "virkelige personer må ikke blandes med oppdiktede. Filen er ikke tatt imot." in text(
        refused
    )
    assert not Upload.objects.exists()
    assert not (own_home / "inbox").exists()
    file = SimpleUploadedFile("enheter.csv", UNITS.encode())
    assert client.post("/last-opp/", {"file": file, "invented": "on"}).status_code == 302
    assert Upload.objects.count() == 1


def test_a_municipality_of_its_own_is_asked_nothing_about_invented_persons(log_in):
    page = text(log_in("analytiker").get("/last-opp/"))
    assert "demo" not in page
    assert "invented" not in page


def test_others_can_send_nothing(log_in):
    for user in ("byleder", "koordinator", "uten rolle"):
        assert send(log_in(user), "enheter.csv", UNITS).status_code == 403
    assert not Upload.objects.exists()


def test_a_name_cannot_leave_the_inbox(log_in, own_home):
    send(log_in("analytiker"), "../../enheter.csv", UNITS)
    upload = Upload.objects.get()
    kept = list(uploads.folder(upload).iterdir())
    assert [f.name for f in kept] == ["enheter.csv"]
    assert kept[0].is_relative_to(own_home / "inbox")
    assert kept[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("delivery", "says"),
    [
        (None, "Lesingen ble avbrutt. Last den opp på nytt"),
        (1, "Filen er lest inn, men arbeidet ble avbrutt"),
    ],
)
def test_a_reading_that_was_interrupted_is_said_to_be_and_its_file_removed(delivery, says, log_in):
    client = log_in("analytiker")
    send(client, "enheter.csv", UNITS)
    with uploads.writing():
        Upload.objects.update(state=State.READING, delivery=delivery)
    first = Upload.objects.get()
    send(client, "enheter.csv", UNITS)
    uploads.read.call(str(Upload.objects.exclude(pk=first.pk).get().pk))
    first.refresh_from_db()
    assert first.state == State.FAILED
    assert says in first.says
    assert not uploads.folder(first).exists()


def test_at_start_only_files_that_wait_are_kept(log_in, own_home, settings):
    client = log_in("analytiker")
    settings.FILE_UPLOAD_TEMP_DIR = own_home / "inbox" / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    for _ in range(4):
        send(client, "enheter.csv", UNITS)
    waiting, *others = Upload.objects.all()
    with uploads.writing():
        for upload, state in zip(others, (State.READING, State.LOADED, State.FAILED), strict=True):
            Upload.objects.filter(pk=upload.pk).update(state=state)
    (own_home / "inbox" / "no-such-upload").mkdir()
    (settings.FILE_UPLOAD_TEMP_DIR / "half.upload").write_text(UNITS)
    uploads.clear_interrupted()
    kept = sorted(path.name for path in (own_home / "inbox").iterdir())
    assert kept == sorted([str(waiting.pk), "incoming"])
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
    assert not Upload.objects.filter(state=State.READING).exists()


def test_a_file_that_cannot_be_noted_is_not_kept(log_in, own_home):
    user = log_in("analytiker").get("/last-opp/").wsgi_request.user
    user.pk += 1  # nobody: the database refuses the row
    with pytest.raises(IntegrityError):
        uploads.receive(file=SimpleUploadedFile("enheter.csv", b"x"), by=user)
    assert list((own_home / "inbox").iterdir()) == []


def test_the_page_of_an_upload_polls_for_its_part_alone(log_in):
    client = log_in("analytiker")
    answer = send(client, "enheter.csv", UNITS)
    part = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="status"' in part


def test_earlier_uploads_are_listed_under_one_number_of_queries(log_in, django_assert_num_queries):
    client = log_in("analytiker")
    for count in (1, 12):
        for _ in range(count):
            send(client, "enheter.csv", UNITS)
        with django_assert_num_queries(5):  # session, user, roles, count, uploads
            page = client.get("/last-opp/").content.decode()
    assert page.count("enheter.csv") == 13


def test_identities_taken_in_are_logged(log_in):
    client = log_in("analytiker")
    send(client, "enheter.csv", UNITS)
    send(client, "gerica_tjenester.csv", vedtak())
    work()
    kept = AccessLog.objects.filter(what="Identiteter tatt imot").values_list("count", flat=True)
    assert sum(kept) == 9
