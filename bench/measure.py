"""One measurement in a process of its own: seconds and peak memory."""

import multiprocessing
import resource
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench import inputs, peers
from bench.job import Job


@dataclass(frozen=True)
class Measured:
    """``seconds`` on the wall, ``cpu`` of all threads together.

    ``peak`` in bytes: of the process, or of the server's process where that does the work.
    """

    seconds: float
    cpu: float
    peak: int


class ChildDied(Exception):
    """A measuring process ended without an answer. Its own error stands above, on stderr."""


def measure(job: Job) -> Measured:
    """Let a peer answer once. The answer is left in ``job.answer``."""
    shutil.rmtree(job.folder, ignore_errors=True)
    job.folder.mkdir(parents=True)
    result: Measured = alone(_measured, job)
    return result


def alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a fresh process and give what it gives.

    Raises:
        ChildDied: the process ended otherwise.
    """
    # spawn: a forked child would inherit memory, threads and locks
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_report, args=(there, work, arguments))
    child.start()
    there.close()
    try:
        return here.recv()
    except EOFError as ended:
        child.join()
        raise ChildDied(f"{work.__module__}.{work.__name__} ended with {child.exitcode}") from ended
    finally:
        child.join()


def peak_memory() -> int:
    """The most memory this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would also count what the parent held when it started this process
        return high_water(status)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def high_water(status: Path) -> int:
    """The most memory a process of Linux has held, in bytes, from its status file."""
    lines = status.read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


def _report(there: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    there.send(work(*arguments))


def _measured(job: Job) -> Measured:
    module = peers.peer(job.peer)
    module.prepare(job)
    inputs.warm_up(job)
    begun, cpu = time.perf_counter(), time.process_time()
    module.answer(job)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    peak = module.peak_memory() if hasattr(module, "peak_memory") else peak_memory()
    module.hand_over(job)
    return Measured(seconds=seconds, cpu=cpu, peak=peak)
