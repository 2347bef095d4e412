"""How long tests of minutes go on: in full, or as long as CI has time for (``VFT_SHORT=1``)."""

import os


def many(full, *, short):
    """How many examples, or whatever else takes time."""
    return short if os.environ.get("VFT_SHORT") == "1" else full
