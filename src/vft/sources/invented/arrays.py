"""Names for the arrays that the model is made of."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]
#: Days counted from the first day of the course; ``config.NEVER`` for a day that never comes.
Days = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
