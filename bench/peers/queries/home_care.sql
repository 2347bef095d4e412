-- builds on: lived, home_care_vedtak
-- Recipients at the month's end. The time counts of those who have hours in all that they have.
WITH at_ends AS (
    SELECT
        v.recipient_id,
        e.month,
        e.last_day,
        count(*) = count(v.minutes) AS told,
        sum(v.minutes) AS minutes
    FROM home_care_vedtak AS v
    JOIN ends AS e ON v.starts_on <= e.last_day AND v.ends_on > e.last_day
    GROUP BY v.recipient_id, e.month, e.last_day
),
by_place AS (
    SELECT
        a.month,
        l.place,
        count(*) AS recipients,
        count(*) FILTER (WHERE a.told) AS with_hours,
        sum(a.minutes) FILTER (WHERE a.told) AS vedtak_minutes
    FROM at_ends AS a
    JOIN lived AS l
        ON l.recipient_id = a.recipient_id
        AND l.starts_on <= a.last_day
        AND l.ends_on > a.last_day
    GROUP BY a.month, l.place
),
measured AS (
    SELECT 'recipients' AS measure, month, place, recipients AS value FROM by_place
    UNION ALL
    SELECT 'with_hours', month, place, with_hours FROM by_place
    UNION ALL
    SELECT 'vedtak_minutes', month, place, vedtak_minutes FROM by_place
)
SELECT
    m.measure,
    'everyone' AS slice_kind,
    'all' AS slice,
    m.month,
    p.geography,
    p."grouping",
    p.unit,
    sum(m.value)::bigint AS value
FROM measured AS m
JOIN in_place AS p ON p.place = m.place
GROUP BY m.measure, m.month, p.geography, p."grouping", p.unit
HAVING sum(m.value) <> 0
