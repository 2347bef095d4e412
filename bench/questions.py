"""The questions that every peer may answer, and the shape of a right answer.

Five are facts of the panel, asked of what the registers delivered. The others are indicators of
the catalogue, not necessarily all, asked of a lake in which the panel is kept up to date: its facts
are tables like others.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Events:
    """A table cut by month. Its months from so many before those asked for, to so many after."""

    table: str
    look_back: int = 0
    look_ahead: int = 0


@dataclass(frozen=True)
class Question:
    """One question. ``columns``: of the answer, in order.

    ``events`` are tables cut by month, of which only the months asked for are read, and those
    within reach of them; ``tables`` are read whole. ``parts``: the questions that it consists of,
    answered in one go, so that what several build on is made once.
    """

    name: str
    columns: tuple[str, ...]
    events: tuple[Events, ...]
    tables: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact of the panel, and not an indicator."""
        return self.name.startswith("panel_")

    @property
    def cut_by(self) -> str:
        """The column that large answers are held together by, piece by piece."""
        return "month" if self.is_fact else self.columns[0]


_HOMES = ("residences", "units")
_HOLDERS = ("device_assignments", "devices")
_VEDTAK = ("vedtak", "vedtak_pauses", "recipients")
_WORKING = (*_HOLDERS, "device_downtimes", "recipients")
_SPELLS = tuple(dict.fromkeys((*_VEDTAK, *_WORKING)))
#: Where what is counted counts, whatever it is.
_PLACES = (*_HOMES, "groupings", "unit_successions", "recipients")
_SLICES = ("reporting_groups",)

_FACTS = (
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
        events=(Events("visits"),),
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
            "first_on",
        ),
        events=(Events("device_events"),),
        tables=_HOLDERS,
    ),
    Question(
        name="panel_responses",
        columns=(
            "recipient_id",
            "service",
            "month",
            "week",
            "day_part",
            "answered_after",
            "cases",
            "clarified",
            "repeated",
            "undocumented",
            "tests",
            "technical",
        ),
        events=(Events("responses", look_ahead=1),),
        tables=_HOLDERS,
    ),
    Question(
        name="panel_starts",
        columns=(
            "recipient_id",
            "started_on",
            "month",
            "visits_before",
            "visits_after",
            "minutes_before",
            "minutes_after",
        ),
        events=(Events("visits", look_back=3),),
        tables=_SPELLS,
    ),
)
_FIGURE = ("measure", "slice_kind", "slice", "month", "geography", "grouping", "unit", "value")


def _indicator(name: str, *tables: str, events: tuple[Events, ...] = ()) -> Question:
    return Question(
        name=name,
        columns=_FIGURE,
        events=events,
        tables=tuple(dict.fromkeys((*_PLACES, *tables))),
    )


_INDICATORS = (
    _indicator(
        "alarms_per_active", *_SLICES, events=(Events("panel_services"), Events("panel_events"))
    ),
    _indicator("alerts_per_shift", *_SLICES, events=(Events("panel_responses"),)),
    _indicator("care_time", *_SLICES, *_SPELLS, events=(Events("panel_visits"),)),
    _indicator("clarification", *_SLICES, events=(Events("panel_responses"),)),
    _indicator("concurrent_users", *_SLICES, *_SPELLS),
    _indicator("considered", *_VEDTAK),
    _indicator("coverage", *_SLICES, *_SPELLS, "assessments"),
    _indicator("coverage_80", *_SLICES, *_SPELLS, "stays", "population"),
    _indicator("dose_adherence", *_SLICES, events=(Events("panel_events"),)),
    _indicator("equal_offer", *_SLICES, *_SPELLS, "assessments"),
    _indicator("equipment", *_SLICES, *_HOLDERS),
    _indicator("flows", *_SLICES, *_SPELLS, "stays"),
    _indicator("home_care", *_VEDTAK),
    _indicator("invoiced_unused", *_SLICES, *_WORKING, "invoice_lines"),
    _indicator("lead_time", *_SLICES, "vedtak", *_WORKING, "panel_events"),
    _indicator("need_groups", *_VEDTAK, "assessments"),
    _indicator(
        "not_fallen",
        *_SLICES,
        *_SPELLS,
        "reablement",
        "stays",
        events=(Events("panel_starts", look_back=11),),
    ),
    _indicator("product_mix", *_SPELLS),
    _indicator("response_time", *_SLICES, events=(Events("panel_responses"),)),
    _indicator("retention", *_SLICES, *_SPELLS, "stays"),
    _indicator("technology_first", *_SLICES, *_SPELLS),
)

#: Every question that stands by itself.
QUESTIONS = {question.name: question for question in (*_FACTS, *_INDICATORS)}
#: All these indicators together, as a publication needs them.
FAMILY = Question(
    name="family",
    columns=("indicator", *_FIGURE),
    events=(),
    tables=(),
    parts=tuple(question.name for question in _INDICATORS),
)
ALL = {**QUESTIONS, FAMILY.name: FAMILY}
#: What is measured unless told: all of it, nothing twice.
MEASURED = (*(question.name for question in _FACTS), FAMILY.name)
