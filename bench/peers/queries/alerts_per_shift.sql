-- builds on: placed_responses, standing
-- Real cases by part of the day, who sent them, and the days of the month.
WITH monthly AS (
    SELECT
        recipient_id,
        mover,
        service,
        month,
        place,
        sum(cases) AS cases,
        sum(cases) FILTER (WHERE day_part = 'day') AS cases_day,
        sum(cases) FILTER (WHERE day_part = 'evening') AS cases_evening,
        sum(cases) FILTER (WHERE day_part = 'night') AS cases_night
    FROM placed_responses
    GROUP BY recipient_id, mover, service, month, place
),
persons AS (
    SELECT
        s.slice_kind,
        s.slice,
        m.month,
        m.recipient_id,
        m.mover,
        m.place,
        sum(m.cases) AS cases,
        sum(m.cases_day) AS cases_day,
        sum(m.cases_evening) AS cases_evening,
        sum(m.cases_night) AS cases_night
    FROM monthly AS m
    JOIN members_or_none AS s ON s.service = m.service
    GROUP BY s.slice_kind, s.slice, m.month, m.recipient_id, m.mover, m.place
),
-- counting recipients leaves out those whom nobody knows; their cases are there
by_place AS (
    SELECT
        slice_kind,
        slice,
        month,
        place,
        mover,
        count(recipient_id) AS with_cases,
        count(recipient_id) FILTER (WHERE cases_day > 0) AS with_day,
        count(recipient_id) FILTER (WHERE cases_evening > 0) AS with_evening,
        count(recipient_id) FILTER (WHERE cases_night > 0) AS with_night,
        sum(cases) AS cases,
        sum(cases_day) AS cases_day,
        sum(cases_evening) AS cases_evening,
        sum(cases_night) AS cases_night
    FROM persons
    GROUP BY slice_kind, slice, month, place, mover
),
-- those who stayed are summed; who moved counts once, in how many places ever she lived
by_unit AS (
    SELECT
        b.slice_kind,
        b.slice,
        b.month,
        p.geography,
        p."grouping",
        p.unit,
        CASE WHEN b.mover IS NULL THEN sum(b.with_cases) ELSE 1 END AS with_cases,
        CASE WHEN b.mover IS NULL THEN sum(b.with_day) ELSE max(b.with_day) END AS with_day,
        CASE WHEN b.mover IS NULL THEN sum(b.with_evening) ELSE max(b.with_evening) END AS with_evening,
        CASE WHEN b.mover IS NULL THEN sum(b.with_night) ELSE max(b.with_night) END AS with_night,
        sum(b.cases) AS cases,
        sum(b.cases_day) AS cases_day,
        sum(b.cases_evening) AS cases_evening,
        sum(b.cases_night) AS cases_night
    FROM by_place AS b
    JOIN in_place AS p ON p.place = b.place
    GROUP BY b.slice_kind, b.slice, b.month, p.geography, p."grouping", p.unit, b.mover
),
totals AS (
    SELECT
        slice_kind,
        slice,
        month,
        geography,
        "grouping",
        unit,
        sum(with_cases)::bigint AS with_cases,
        sum(with_day)::bigint AS with_day,
        sum(with_evening)::bigint AS with_evening,
        sum(with_night)::bigint AS with_night,
        sum(cases)::bigint AS cases,
        sum(cases_day)::bigint AS cases_day,
        sum(cases_evening)::bigint AS cases_evening,
        sum(cases_night)::bigint AS cases_night
    FROM by_unit
    GROUP BY slice_kind, slice, month, geography, "grouping", unit
),
measured AS (
    UNPIVOT totals
    ON with_cases, with_day, with_evening, with_night, cases, cases_day, cases_evening, cases_night
    INTO NAME measure VALUE value
)
SELECT measure, slice_kind, slice, month, geography, "grouping", unit, value
FROM measured
WHERE value <> 0
UNION ALL
SELECT 'days', s.slice_kind, s.slice, t.month, t.geography, t."grouping", t.unit, e.last_day - e.first_day + 1
FROM standing AS t
JOIN ends AS e ON e.month = t.month
CROSS JOIN (SELECT DISTINCT slice_kind, slice FROM members) AS s
