"""Whether peers gave the same rows: every row, every column, as often."""

from pathlib import Path

from bench.questions import Question

_VALUE = "value"
#: Shares are told with six decimals; counts are whole.
_NEAR = 1.5e-6


class AnswersDiffer(Exception):
    """Peers disagree, so no figure of theirs may be printed."""


def compare(question: Question, answers: dict[str, Path]) -> int:
    """Hold each answer against the first, piece by piece. Gives the number of rows.

    Raises:
        AnswersDiffer: says who differs, in which piece, and shows a row.
    """
    import duckdb

    connection = duckdb.connect(config={"memory_limit": "3GB"})
    connection.execute("SET enable_progress_bar = false")
    for name, folder in answers.items():
        connection.execute(f'CREATE VIEW "{name}" AS {_rows(question, folder)}')
    first, *others = answers
    counts = {name: _count(connection, question, name) for name in answers}
    for name in others:
        if counts[name] != counts[first]:
            differing = sorted(set(counts[name].items()) ^ set(counts[first].items()))
            raise AnswersDiffer(
                f"{question.name}: {first} / {name}, rader per {question.cut_by}: {differing[:4]}"
            )
        for piece in counts[first]:
            _same_piece(connection, question, first, name, piece)
    return sum(counts[first].values())


def _rows(question: Question, folder: Path) -> str:
    columns = ", ".join(f'"{column}"' for column in question.columns)
    return (
        f"SELECT {columns} FROM read_parquet('{folder}/**/*.parquet', "
        "hive_partitioning=true, hive_types_autocast=false, union_by_name=true)"
    )


def _count(connection: object, question: Question, name: str) -> dict[str, int]:
    by = question.cut_by
    found = connection.execute(f'SELECT "{by}", count(*) FROM "{name}" GROUP BY 1 ORDER BY 1')
    return dict(found.fetchall())


def _same_piece(connection: object, question: Question, one: str, other: str, piece: str) -> None:
    # counts are equal already: then what one has and the other lacks tells all
    found = _first(connection, _only(question, one, other), piece)
    if found and _VALUE in question.columns:
        found = _first(connection, _further(question, one, other), piece)
    if found:
        raise AnswersDiffer(f"{question.name}, {piece}: {one} har {found[0]}, {other} ikke")


def _first(connection: object, rows: str, piece: str) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = connection.execute(
        f"{rows} LIMIT 1", {"piece": piece}
    ).fetchall()
    return found


def _only(question: Question, one: str, other: str) -> str:
    rows = f'SELECT * FROM "{{}}" WHERE "{question.cut_by}" = $piece'
    return f"{rows.format(one)} EXCEPT ALL {rows.format(other)}"


def _further(question: Question, one: str, other: str) -> str:
    """A share in the middle of two that can be told is either, by the order of multiplying."""
    keys = (column for column in question.columns if column != _VALUE)
    same = " AND ".join(f'near."{key}" = has."{key}"' for key in keys)
    return f"""
        SELECT * FROM ({_only(question, one, other)}) AS has
        ANTI JOIN ({_only(question, other, one)}) AS near
            ON {same} AND abs(near."{_VALUE}" - has."{_VALUE}") < {_NEAR}
    """
