"""Values of units, from what a file would hold."""

import pytest

from vft.targets import unit_values


@pytest.fixture
def values():
    """Values by unit, from text as in a file."""

    def of(**cells):
        return {unit: unit_values.value_of(str(text)) for unit, text in cells.items()}

    return of
