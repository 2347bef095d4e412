"""``python -m bench``: measure, compare, print."""

import sys

from rich.console import Console

from bench import options, report, run
from bench.compare import AnswersDiffer


def main() -> int:
    """Exit code 0, also where a target was missed; 1 where answers differ."""
    asked = options.parse(sys.argv[1:])
    told = Console(stderr=True)
    try:
        results = run.run(asked, tell=lambda what: told.print(f"… {what}", highlight=False))
    except AnswersDiffer as differ:
        told.print(f"Svarene er ulike, så ingen tall vises: {differ}")
        return 1
    report.save(results, asked.json)
    report.show(results, Console(width=None if sys.stdout.isatty() else 110))
    told.print(f"Alle svar var like. Tallene er lagret i {asked.json}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
