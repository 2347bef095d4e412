-- The units and groups that stood on a day of each month, and as now those that stand today.
WITH stood AS (
    -- an era is cut wherever a unit changes: it is all within what a unit stood, or not at all
    SELECT e.place, e.starts_on, e.ends_on
    FROM units AS u
    JOIN eras AS e
        ON e.home = u.code
        AND e.settled = ''
        AND e.starts_on < coalesce(u.ends_on, DATE '9999-01-01')
        AND e.ends_on > u.starts_on
)
SELECT DISTINCT e.month, p.geography, p."grouping", p.unit
FROM stood AS s
JOIN ends AS e ON s.starts_on <= e.last_day AND s.ends_on > e.first_day
JOIN in_place AS p ON p.place = s.place AND p.geography = 'then'
UNION ALL
SELECT DISTINCT e.month, p.geography, p."grouping", p.unit
FROM stood AS s
JOIN in_place AS p ON p.place = s.place AND p.geography = 'now'
CROSS JOIN ends AS e
WHERE s.ends_on = DATE '9999-01-01'
