"""Those who answer the same questions: one module each, found by :func:`peer`.

A peer has ``TITLE``; ``prepare(job)``, which is not timed; ``answer(job)``, which is; and
``hand_over(job)``, which leaves the answer as Parquet files in ``job.answer`` for comparison. One
that lacks an answer to a question is not asked it: see :func:`answers`.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from bench.questions import ALL

#: Peers by the name used on the command line, in the order in which they are shown.
MODULES = {
    "vft": "bench.peers.vft_",
    "sql": "bench.peers.sql",
    "polars": "bench.peers.polars_",
    "pandas": "bench.peers.pandas_",
    "postgres": "bench.peers.postgres",
}
TITLES = {
    "vft": "vft",
    "sql": "håndskrevet SQL",
    "polars": "Polars",
    "pandas": "pandas",
    "postgres": "PostgreSQL",
}


def peer(name: str) -> ModuleType:
    """The module of a peer, imported only in the process that measures it."""
    return import_module(MODULES[name])


def answers(name: str, question: str) -> bool:
    """Whether a peer answers a question. SQL and Polars do where they have a file for it."""
    if ALL[question].parts:
        return all(answers(name, part) for part in ALL[question].parts)
    where = _FILES.get(name)
    if where is not None:
        return (_HERE / where.format(question)).exists()
    return name == "vft" or question in _FEW


_HERE = Path(__file__).parent
_FILES = {"sql": "queries/{}.sql", "polars": "polars_{}.py"}
#: What pandas and PostgreSQL are asked: enough to hold them against the others.
_FEW = ("panel_visits", "panel_services", "panel_events", "concurrent_users")
