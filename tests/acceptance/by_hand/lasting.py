"""What lasts, counted by hand: day by day, those who are left and those to whom it happens."""

from fractions import Fraction


def window(day, month, months):
    """Whether a day is in the months that end with a month."""
    behind = (int(month[:4]) - day.year) * 12 + int(month[5:]) - day.month
    return 0 <= behind < months


def shares(cases, days, causes):
    """``remaining`` and each cause in percent after so many days; None where nobody knows.

    ``cases``: (days, cause), no cause where no more is known.
    """
    remaining, happened = Fraction(1), dict.fromkeys(causes, Fraction(0))
    for day in sorted({lasted for lasted, _ in cases}):
        if day <= days:
            exposed = sum(lasted >= day for lasted, _ in cases)
            left = remaining
            for cause in causes:
                to_them = sum(case == (day, cause) for case in cases)
                happened[cause] += left * Fraction(to_them, exposed)
                remaining -= left * Fraction(to_them, exposed)
    if max(lasted for lasted, _ in cases) < days and remaining:
        return None
    return {name: round(float(part * 100), 6) for name, part in happened.items()} | {
        "remaining": round(float(remaining * 100), 6)
    }
