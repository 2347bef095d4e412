"""Whether peers gave the same rows: every row, every column, as often."""

from pathlib import Path

from bench.questions import MONTH, Question


class AnswersDiffer(Exception):
    """Peers disagree, so no figure of theirs may be printed."""


def compare(question: Question, answers: dict[str, Path]) -> int:
    """Hold each answer against the first, month by month. Gives the number of rows.

    Raises:
        AnswersDiffer: says who differs, in which month, and shows a row.
    """
    import duckdb

    connection = duckdb.connect(config={"memory_limit": "3GB"})
    connection.execute("SET enable_progress_bar = false")
    for name, folder in answers.items():
        connection.execute(f'CREATE VIEW "{name}" AS {_rows(question, folder)}')
    first, *others = answers
    counts = {name: _count(connection, name) for name in answers}
    for name in others:
        if counts[name] != counts[first]:
            differing = sorted(set(counts[name].items()) ^ set(counts[first].items()))
            raise AnswersDiffer(
                f"{question.name}: {first} / {name}, rader per måned: {differing[:4]}"
            )
        for month in counts[first]:
            _same_month(connection, question, first, name, month)
    return sum(counts[first].values())


def _rows(question: Question, folder: Path) -> str:
    columns = ", ".join(f'"{column}"' for column in question.columns)
    return (
        f"SELECT {columns} FROM read_parquet('{folder}/**/*.parquet', "
        "hive_partitioning=true, hive_types_autocast=false)"
    )


def _count(connection: object, name: str) -> dict[str, int]:
    found = connection.execute(f'SELECT "{MONTH}", count(*) FROM "{name}" GROUP BY 1 ORDER BY 1')
    return dict(found.fetchall())


def _same_month(connection: object, question: Question, one: str, other: str, month: str) -> None:
    # counts are equal already: then what one has and the other lacks tells all
    sql = (
        f"""SELECT * FROM "{one}" WHERE "{MONTH}" = ? EXCEPT ALL """
        f"""SELECT * FROM "{other}" WHERE "{MONTH}" = ? LIMIT 1"""
    )
    found = connection.execute(sql, [month, month]).fetchall()
    if found:
        raise AnswersDiffer(f"{question.name}, {month}: {one} har {found[0]}, {other} ikke")
