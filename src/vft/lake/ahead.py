"""Read while what was read is worked on: two cores instead of one."""

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar

T = TypeVar("T")
_PATIENCE_SECONDS = 0.1


class _Ended:
    """Says that there are no more items, and what stopped them if it was an error."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.failure = failure


def read_ahead(items: Iterator[T], *, depth: int = 2) -> Generator[T]:
    """Give what ``items`` gives, made in a thread of its own, at most ``depth`` ahead.

    What ``items`` raises is raised here. Close the generator to stop the thread early.
    """
    made: queue.Queue[T | _Ended] = queue.Queue(maxsize=depth)
    stop = threading.Event()
    thread = threading.Thread(target=_make, args=(items, made, stop), daemon=True)
    thread.start()
    try:
        while not isinstance(item := made.get(), _Ended):
            yield item
        if item.failure is not None:
            raise item.failure
    finally:
        stop.set()
        thread.join()


def _make(items: Iterator[T], made: "queue.Queue[T | _Ended]", stop: threading.Event) -> None:
    try:
        for item in items:
            if not _put(made, item, stop):
                return
    except BaseException as failure:  # noqa: BLE001 -- raised again where the items are used
        _put(made, _Ended(failure), stop)
    else:
        _put(made, _Ended(), stop)


def _put(made: "queue.Queue[T | _Ended]", item: T | _Ended, stop: threading.Event) -> bool:
    while not stop.is_set():
        try:
            made.put(item, timeout=_PATIENCE_SECONDS)
        except queue.Full:
            continue
        return True
    return False
