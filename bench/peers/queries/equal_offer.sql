-- builds on: lived, coverage
-- Coverage of each technology, who uses it whether she has home care or not, and whether anybody
-- does there: zero where nobody does though somebody elsewhere does.
WITH by_place AS (
    SELECT u.service, u.month, l.place, count(*) AS users
    FROM in_use AS u
    JOIN lived AS l
        ON l.recipient_id = u.recipient_id
        AND l.starts_on <= u.last_day
        AND l.ends_on > u.last_day
    GROUP BY u.service, u.month, l.place
),
used AS (
    SELECT b.service, b.month, p.geography, p."grouping", p.unit, sum(b.users)::double AS users
    FROM by_place AS b
    JOIN in_place AS p ON p.place = b.place
    GROUP BY b.service, b.month, p.geography, p."grouping", p.unit
),
anywhere AS (
    SELECT DISTINCT service, month FROM used
)
SELECT measure, slice_kind, slice, month, geography, "grouping", unit, value
FROM coverage
WHERE slice_kind = 'service'
UNION ALL
SELECT 'users', 'service', service, month, geography, "grouping", unit, users
FROM used
UNION ALL
SELECT 'offered', 'service', a.service, e.month, e.geography, e."grouping", e.unit,
    CASE WHEN u.users > 0 THEN 1 ELSE 0 END
FROM anywhere AS a
JOIN existing AS e ON e.month = a.month
LEFT JOIN used AS u
    ON u.service = a.service
    AND u.month = e.month
    AND u.geography = e.geography
    AND u."grouping" = e."grouping"
    AND u.unit = e.unit
