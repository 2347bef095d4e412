"""Make the municipality, put every question to every peer, and hold the answers together."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import compare, ingestion, lakes, measure, methods, peers
from bench.data import delivery, write
from bench.job import Job
from bench.options import Options
from bench.results import Answered, Results, Taken, Worked

#: Those that hold everything in memory, or load it first, are asked up to here, in full only.
_SMALL_ONLY = {"pandas", "postgres"}
_SMALL = 10_000_000
_FULL, _MONTH = "full", "month"

Tell = Callable[[str], None]


def run(options: Options, *, tell: Tell) -> Results:
    """Measure everything asked for. Gives figures only if all answers are equal.

    Raises:
        AnswersDiffer: two peers gave different rows.
        ChildDied: a measurement ended without an answer.
    """
    worked = _methods(options, tell)
    with _folder() as folder:
        taken = _ingestion(options, folder, tell)
        answered = [
            found
            for rows in options.rows
            for found in _municipality(options, folder / str(rows), rows, tell)
        ]
    return Results(answered=answered, taken=taken, worked=worked)


@contextmanager
def _folder() -> Iterator[Path]:
    root = os.environ.get("BENCH_DATA")
    if root:
        Path(root).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="vft-bench-", dir=root) as folder:
        # PostgreSQL's starter keeps its locks there
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def _methods(options: Options, tell: Tell) -> list[Worked]:
    found: list[Worked] = []
    for name in options.methods:
        tell(f"måler metodene i {name}, {options.repeat} ganger")
        found += methods.measure([name], repeat=options.repeat)
    return found


def _ingestion(options: Options, folder: Path, tell: Tell) -> list[Taken]:
    if not options.ingested:
        return []
    files, home = folder / "files", folder / "home"
    tell(f"lager en fil med {options.ingested:,} besøk")
    measure.alone(delivery.write, files, options.ingested)
    found: dict[str, list[ingestion.Ingested]] = {kind: [] for kind in delivery.FILES}
    for number in range(options.repeat):
        for kind, times in found.items():
            tell(f"leser inn {kind}, {number + 1} av {options.repeat}")
            times.append(ingestion.ingest(kind, files=files, home=home))
    shutil.rmtree(files)
    return [
        Taken(
            kind=kind,
            rows=times[0].rows,
            bad=times[0].bad,
            seconds=[one.seconds for one in times],
            cpu=median(one.cpu for one in times),
            peak=max(one.peak for one in times),
        )
        for kind, times in found.items()
    ]


def _municipality(options: Options, folder: Path, rows: int, tell: Tell) -> Iterator[Answered]:
    tell(f"lager en kommune med {rows:,} hendelser")
    folder.mkdir()
    measure.alone(write.write, folder / "raw", rows)
    tell("lager den samme med panel, og etter en sen levering")
    measure.alone(lakes.others, folder)
    for question in options.questions:
        for span in (_FULL, _MONTH):
            asked = [p for p in options.peers if _is_asked(p, question, span, rows)]
            jobs = [_job(peer, question, span, folder) for peer in asked]
            if jobs:
                yield from _answers(jobs, options.repeat, rows, tell)
    shutil.rmtree(folder)


def _is_asked(peer: str, question: str, span: str, rows: int) -> bool:
    if not peers.answers(peer, question):
        return False
    return peer not in _SMALL_ONLY or (span == _FULL and rows <= _SMALL)


def _job(peer: str, question: str, span: str, folder: Path) -> Job:
    return Job(
        peer=peer,
        question=question,
        span=span,
        lake=folder / lakes.asked_of(question, span),
        months=lakes.months_of(question, span),
        folder=folder / "work" / peer,
    )


def _answers(jobs: list[Job], repeat: int, rows: int, tell: Tell) -> list[Answered]:
    """Ask all peers in turn, again and again, so that a slow moment hits none of them alone."""
    times: dict[str, list[measure.Measured]] = {job.peer: [] for job in jobs}
    found = 0
    for number in range(repeat):
        for job in jobs:
            tell(f"{rows:,} {job.question} {job.span} {job.peer}, {number + 1} av {repeat}")
            times[job.peer].append(measure.measure(job))
        found = measure.alone(compare.compare, jobs[0].asked, {j.peer: j.answer for j in jobs})
    shutil.rmtree(jobs[0].folder.parent)
    return [_answered(job, rows, found, times[job.peer]) for job in jobs]


def _answered(job: Job, rows: int, found: int, times: list[measure.Measured]) -> Answered:
    return Answered(
        rows=rows,
        question=job.question,
        span=job.span,
        peer=job.peer,
        answer_rows=found,
        seconds=[one.seconds for one in times],
        cpu=median(one.cpu for one in times),
        peak=max(one.peak for one in times),
    )
