"""An estimated percentage is hidden where it tells of few persons."""

import numpy as np
import pytest
import visible

from vft.disclosure.estimate import tells_of_few

CASES = """
percent | basis | hidden | case
5       | 20    | yes    | one of twenty
95      | 20    | yes    | all but one
25      | 20    | no     | five of twenty
80      | 20    | yes    | all but four
75      | 20    | no     | all but five
0       | 20    | no     | nobody
100     | 20    | no     | everybody
4.6     | 100   | no     | five, rounded to whole persons
4.4     | 100   | yes    | four, rounded
0.4     | 100   | no     | less than half a person
"""


@pytest.mark.parametrize("row", visible.rows(CASES), ids=lambda row: row["case"])
def test_few_are_not_told(row):
    percent, basis = np.array([float(row["percent"])]), np.array([float(row["basis"])])
    assert tells_of_few(percent, basis, least=5).tolist() == [row["hidden"] == "yes"]


def test_what_is_not_known_tells_nothing():
    unknown = np.array([np.nan, 5.0])
    assert tells_of_few(unknown, np.array([20.0, np.nan]), least=5).tolist() == [False, False]
