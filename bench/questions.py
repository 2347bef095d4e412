"""The questions that every peer answers, and the shape of a right answer."""

from dataclasses import dataclass

#: What the tables of an answer are cut by; a changed month is one of them.
MONTH = "month"


@dataclass(frozen=True)
class Question:
    """One question. ``columns``: of the answer, in order.

    ``events`` are tables cut by month, of which only the months asked for are read; ``tables`` are
    read whole.
    """

    name: str
    columns: tuple[str, ...]
    events: tuple[str, ...]
    tables: tuple[str, ...]


_HOMES = ("residences", "units")
_SPELLS = (
    "vedtak",
    "vedtak_pauses",
    "device_assignments",
    "device_downtimes",
    "devices",
    "recipients",
)

QUESTIONS = {
    question.name: question
    for question in (
        Question(
            name="panel_visits",
            columns=(
                "recipient_id",
                "week",
                "month",
                "day_part",
                "unit",
                "visits",
                "minutes",
                "weekend_visits",
                "weekend_minutes",
                "planned_minutes",
                "travel_minutes",
                "unplanned",
                "cancelled",
                "not_home",
                "without_minutes",
            ),
            events=("visits",),
            tables=_HOMES,
        ),
        Question(
            name="panel_services",
            columns=(
                "recipient_id",
                "service",
                "month",
                "week",
                "vedtak_days",
                "device_days",
                "both_days",
            ),
            events=(),
            tables=_SPELLS,
        ),
        Question(
            name="panel_events",
            columns=(
                "recipient_id",
                "service",
                "month",
                "week",
                "tests",
                "technical",
                "doses_dispensed",
                "doses_missed",
                "alarms",
                "measurements",
                "other",
            ),
            events=("device_events",),
            tables=("device_assignments", "devices"),
        ),
        Question(
            name="concurrent_users",
            columns=(
                "measure",
                "slice_kind",
                "slice",
                "month",
                "geography",
                "grouping",
                "unit",
                "value",
            ),
            events=(),
            tables=(*_HOMES, *_SPELLS, "groupings", "unit_successions", "reporting_groups"),
        ),
    )
}
