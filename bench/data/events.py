"""SQL on DuckDB that turns rhythms into visits and device events of some days.

Chance is a hash of what happens and the day, so that the same rows come out however many threads
there are. Rows are in the order of time, as registers export them.
"""

_DAYS = """
SELECT *, hash(rhythm, day) AS luck
FROM (
    SELECT *, unnest(generate_series(
        greatest(starts_on, DATE '{first}'), least(ends_on, DATE '{after}') - 1, INTERVAL 1 DAY
    ))::DATE AS day
    FROM {rhythms} WHERE starts_on < DATE '{after}' AND ends_on > DATE '{first}'
)
WHERE (luck % 1000)::BIGINT < chance
"""
_WHEN = """
(minute + (luck >> 12) % 31)::BIGINT % 1440 AS local_minute,
timezone('Europe/Oslo', day + local_minute * INTERVAL 1 MINUTE) AS moment
"""

_VISITS = """
SELECT
    (rhythm * 8192 + date_diff('day', DATE '2015-01-01', day))::VARCHAR AS visit_id,
    who AS recipient_id, kind, 'team ' || rhythm % 40 AS team,
    CASE (luck >> 20) % 40 WHEN 0 THEN NULL ELSE (luck >> 20) % 40 > 2 END AS planned,
    moment AS planned_at, 15 + rhythm % 20 AS planned_minutes,
    CASE WHEN status = 'executed' THEN moment END AS started_at,
    CASE WHEN status = 'executed' AND (luck >> 30) % 100 > 0
        THEN 5 + ((luck >> 36) % 45)::BIGINT END AS minutes,
    CASE WHEN (luck >> 40) % 10 > 1 THEN ((luck >> 44) % 16)::BIGINT END AS travel_minutes,
    (((luck >> 44) % 16)::BIGINT * 0.55)::DECIMAL(14, 2) AS travel_km,
    status, 'bench' AS source, 1::BIGINT AS delivery,
    day AS local_date, local_minute, strftime(day, '%Y-%m') AS month
FROM (
    SELECT *, {when},
        CASE (luck >> 50) % 32 WHEN 0 THEN 'cancelled' WHEN 1 THEN 'not_home'
            ELSE 'executed' END AS status
    FROM ({days})
)
ORDER BY moment
"""

_DEVICE_EVENTS = """
SELECT
    (rhythm * 8192 + date_diff('day', DATE '2015-01-01', day))::VARCHAR AS event_id,
    who AS device_id, moment AS occurred_at, split_part(kind, ' ', 1) AS vocabulary,
    split_part(kind, ' ', 2) AS code,
    CASE (luck >> 20) % 64 WHEN 0 THEN true WHEN 1 THEN NULL ELSE false END AS test,
    (luck >> 30) % 50 = 0 AS technical,
    'bench' AS source, 1::BIGINT AS delivery,
    day AS local_date, local_minute, strftime(day, '%Y-%m') AS month
FROM (SELECT *, {when} FROM ({days}))
ORDER BY moment
"""


def visits(*, rhythms: str, first: str, after: str) -> str:
    """Visits of the days from ``first`` until ``after``, in the lake's columns."""
    days = _DAYS.format(rhythms=rhythms, first=first, after=after)
    return _VISITS.format(days=days, when=_WHEN)


def device_events(*, rhythms: str, first: str, after: str) -> str:
    """Device events of the days from ``first`` until ``after``, in the lake's columns."""
    days = _DAYS.format(rhythms=rhythms, first=first, after=after)
    return _DEVICE_EVENTS.format(days=days, when=_WHEN)
