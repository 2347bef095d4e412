"""VFT: dataplattform, Indigo and Nova for Norwegian municipalities' welfare technology."""

import os

__version__ = "0.2.0"

#: Our matrices are narrow. Where cores are shared, threads of linear algebra wait for each other
#: for tens of times what the work takes; what is worth sharing is shared by processes and engines.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")
