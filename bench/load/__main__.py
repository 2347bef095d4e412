"""``python -m bench.load``: load the server, measure, print."""

import sys

from rich.console import Console

from bench.load import options, report, run


def main() -> int:
    """Exit code 0, also where a target was missed; 1 where any answer was wrong."""
    asked = options.parse(sys.argv[1:])
    told = Console(stderr=True)
    measured = run.run(asked, tell=lambda what: told.print(f"… {what}", highlight=False))
    report.save(measured, asked.json)
    report.show(measured, Console(width=None if sys.stdout.isatty() else 110))
    told.print(f"Tallene er lagret i {asked.json}.")
    return 1 if any(one.failures for one in measured) else 0


if __name__ == "__main__":
    sys.exit(main())
