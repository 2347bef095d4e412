-- builds on: newcomers, spells
-- Who is new is new in every slice. Alarms are left out: many have them before they need home care.
WITH sliced AS (
    SELECT * FROM members WHERE service <> 'TA'
),
at_once AS (
    SELECT DISTINCT n.recipient_id, n.came_on, n.place, m.slice_kind, m.slice
    FROM newcomers AS n
    JOIN spells AS s
        ON s.recipient_id = n.recipient_id
        AND s.starts_on <= n.came_on + 28
        AND s.ends_on > n.came_on
    JOIN sliced AS m ON m.service = s.service
    WHERE s.vedtak AND s.device
),
everyone AS (
    SELECT date_trunc('month', came_on)::date AS came_in, place, count(*) AS cases
    FROM newcomers
    GROUP BY 1, 2
),
by_month AS (
    SELECT 'new_recipients' AS measure, k.slice_kind, k.slice, e.came_in, e.place, e.cases
    FROM everyone AS e
    CROSS JOIN (SELECT DISTINCT slice_kind, slice FROM sliced) AS k
    UNION ALL
    SELECT 'with_technology', slice_kind, slice, date_trunc('month', came_on)::date, place, count(*)
    FROM at_once
    GROUP BY 2, 3, 4, 5
),
of_year AS (
    SELECT b.measure, b.slice_kind, b.slice, e.month, b.place, sum(b.cases) AS cases
    FROM by_month AS b
    JOIN ends AS e ON b.came_in <= e.first_day AND b.came_in > e.first_day - INTERVAL 12 MONTH
    GROUP BY b.measure, b.slice_kind, b.slice, e.month, b.place
)
SELECT
    y.measure,
    y.slice_kind,
    y.slice,
    y.month,
    p.geography,
    p."grouping",
    p.unit,
    sum(y.cases)::bigint AS value
FROM of_year AS y
JOIN in_place AS p ON p.place = y.place
GROUP BY y.measure, y.slice_kind, y.slice, y.month, p.geography, p."grouping", p.unit
