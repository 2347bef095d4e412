"""What is proposed for each of the municipality's files reads it, once the marked gaps are filled.

The answers are those of the ready mappings, given as a person would: in the places that are marked.
"""

import re

import pytest
from visible import rows

from vft.sources import mapping
from vft.sources.check import check
from vft.sources.draft import draft

#: What is asked for: the table proposed first, then others that use what is left.
PROPOSED = """
    file                        | tables
    alarmlogg_2023.txt          | device_events
    avvik.csv                   | incidents
    dho_maalinger_2023.parquet  | device_events
    dispenserlogg_2023.csv      | device_events
    enheter.csv                 | units
    enhetsendringer.csv         | unit_successions
    enhetspriser.csv            | unit_prices
    faktura_2023.xlsx           | invoice_lines rental_contracts
    folkemengde.csv             | population
    fordelingsnøkler.csv        | distribution_keys
    gerica_bosted.csv           | residences
    gerica_brukere.csv          | recipients identities
    gerica_hverdagsrehabilitering.csv | reablement
    gerica_iplos.csv            | function_scores assessments
    gerica_oppdrag_2023K3.csv   | visits
    gerica_opphold.csv          | stays
    gerica_pauser.csv           | vedtak_pauses
    gerica_tjenester.csv        | vedtak
    grupperinger.csv            | groupings
    kvalitet.csv                | quality_scores
    merknader.csv               | annotations
    rapporteringsgrupper.csv    | reporting_groups
    regnskap_2023.csv           | ledger_lines
    responslogg_2023.csv        | responses
    utstyrsliste.xlsx           | devices device_assignments device_downtimes
"""


def filled(text, ready):
    """The proposal with its gaps filled from a mapping that is known to be right."""
    answers = {word: ours for codes in ready.codes.values() for word, ours in codes.items()}
    columns = {name: c for table in ready.tables for name, c in table.columns.items()}
    text = re.sub(
        r'^# MANGLER: (\w+) = ""',
        lambda m: f'{m[1]} = "{columns[m[1]].column}"',
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(
        r'^(\w+) = \{ value = "\?" \}',
        lambda m: f'{m[1]} = {{ value = "{columns[m[1]].value or "alert"}" }}',
        text,
        flags=re.MULTILINE,
    )
    return re.sub(
        r'^("(.*)") = "\?"',
        lambda m: f'{m[1]} = "{answers.get(m[2], "")}"',
        text,
        flags=re.MULTILINE,
    )


@pytest.mark.parametrize("row", rows(PROPOSED), ids=lambda row: row["file"])
def test_a_proposal_reads_its_file_when_its_gaps_are_filled(written, row):
    path = written.exports / row["file"]
    ready = mapping.choose(path, mapping.ready())
    proposed = mapping.parse(filled(draft(path), ready), name="forslag.toml")
    assert [table.name for table in proposed.tables] == row["tables"].split()
    found, known = check(path, proposed), check(path, ready)
    assert found.refused is None
    assert found.rows_read == known.rows_read
    assert found.rows_bad <= known.rows_bad
