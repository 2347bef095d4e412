"""Whoever sends a file is told what to do about every rule that its rows may break."""

from vft import tables
from vft.lake import validate
from vft.pipeline.mending import how_to_mend
from vft.sources import faults


def test_every_rule_has_a_mend_of_its_own():
    rules = {
        *faults.SAYS,
        *validate.SAYS,
        *(rule.id for contract in tables.ALL.values() for rule in contract.rules),
    }
    of_any = how_to_mend("a rule that nobody has thought of")
    assert {rule for rule in rules if how_to_mend(rule) == of_any} == set()
