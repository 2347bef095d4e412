"""Those who answer the same questions: one module each, found by :func:`peer`.

A peer has ``TITLE``; ``prepare(job)``, which is not timed; ``answer(job)``, which is; and
``hand_over(job)``, which leaves the answer as Parquet files in ``job.answer`` for comparison.
"""

from importlib import import_module
from types import ModuleType

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
