"""Linear algebra takes one thread, unless whoever starts the program says otherwise."""

import json
import os
import subprocess
import sys

import pytest

ASKED = """
import json, vft, numpy, scipy.linalg, sklearn.linear_model, threadpoolctl
print(json.dumps(sorted({pool["num_threads"] for pool in threadpoolctl.threadpool_info()})))
"""


@pytest.mark.parametrize(("said", "threads"), [({}, [1]), ({"OPENBLAS_NUM_THREADS": "2"}, [1, 2])])
def test_one_thread_unless_otherwise_said(said, threads):
    plain = {k: v for k, v in os.environ.items() if not k.endswith("NUM_THREADS")}
    run = subprocess.run(
        [sys.executable, "-c", ASKED], env=plain | said, capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == threads
