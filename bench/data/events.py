"""SQL on DuckDB that turns rhythms into visits, device events and cases of some days.

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

#: Every alert is a case, and one in fourteen calls again when the first case is over.
_RESPONSES = """
WITH owners AS (SELECT device_id, min(recipient_id) AS owner FROM {held} GROUP BY device_id),
alerts AS (
    SELECT e.*, o.owner, hash(event_id) AS fate
    FROM ({events}) AS e LEFT JOIN owners AS o USING (device_id)
    WHERE vocabulary = 'alert'
),
calls AS (
    SELECT *, occurred_at + to_seconds(2 + (fate % 13)::BIGINT) AS received_at, 0 AS again
    FROM alerts
    UNION ALL
    SELECT *, occurred_at + to_minutes(25 + (fate % 20)::BIGINT) AS received_at, 1 AS again
    FROM alerts WHERE fate % 14 = 0
),
drawn AS (
    SELECT *, hash(fate, again) AS luck,
        timezone('Europe/Oslo', received_at) AS local,
        CASE WHEN test THEN 'test' WHEN technical THEN 'technical'
            WHEN luck % 100 < 4 THEN NULL WHEN luck % 100 < 8 THEN 'no_answer'
            WHEN luck % 100 < 64 THEN 'clarified' WHEN luck % 100 < 82 THEN 'forwarded'
            ELSE 'callout' END AS outcome,
        received_at + to_seconds(5 - (40 * ln(((luck >> 8) % 1000 + 1) / 1000))::BIGINT) AS seen_at
    FROM calls
)
SELECT
    event_id || '-' || again AS response_id, device_id,
    CASE WHEN fate % 4 > 0 THEN owner END AS recipient_id, received_at,
    CASE WHEN outcome IS DISTINCT FROM 'no_answer' THEN seen_at END AS answered_at,
    CASE WHEN outcome IN ('callout', 'forwarded') THEN seen_at + INTERVAL 90 SECOND END
        AS dispatched_at,
    CASE WHEN luck % 30 > 0
        THEN seen_at + to_seconds(60 + ((luck >> 20) % 600)::BIGINT) END AS closed_at,
    outcome, source, delivery, local::DATE AS local_date,
    date_part('hour', local) * 60 + date_part('minute', local) AS local_minute,
    strftime(local, '%Y-%m') AS month
FROM drawn
WHERE local < DATE '{after}'
ORDER BY received_at
"""


def visits(*, rhythms: str, first: str, after: str) -> str:
    """Visits of the days from ``first`` until ``after``, in the lake's columns."""
    days = _DAYS.format(rhythms=rhythms, first=first, after=after)
    return _VISITS.format(days=days, when=_WHEN)


def device_events(*, rhythms: str, first: str, after: str) -> str:
    """Device events of the days from ``first`` until ``after``, in the lake's columns."""
    days = _DAYS.format(rhythms=rhythms, first=first, after=after)
    return _DEVICE_EVENTS.format(days=days, when=_WHEN)


def responses(*, rhythms: str, held: str, first: str, after: str) -> str:
    """Cases at the response service of the days from ``first`` until ``after``.

    ``held``: who has which device, ``(device_id, recipient_id)``.
    """
    spoken = device_events(rhythms=rhythms, first=first, after=after)
    return _RESPONSES.format(events=spoken, held=held, after=after)
