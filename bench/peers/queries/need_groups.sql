-- builds on: cared_for
-- Recipients of home care at the month's end, all of them and by need.
WITH by_need AS (
    SELECT month, place, need, count(*) AS recipients
    FROM cared_for
    GROUP BY month, place, need
),
measured AS (
    SELECT need AS measure, month, place, recipients AS value FROM by_need
    UNION ALL
    SELECT 'recipients', month, place, recipients FROM by_need
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
