-- builds on: newcomers
-- What the vedtak of the first days say of technology; of several, the outcome that says most.
WITH told AS (
    SELECT
        n.recipient_id,
        n.came_on,
        n.place,
        CASE
            WHEN bool_or(v.considered_technology = 'granted') THEN 'granted'
            WHEN bool_or(v.considered_technology = 'declined') THEN 'declined'
            WHEN bool_or(v.considered_technology = 'unsuitable') THEN 'unsuitable'
            WHEN bool_or(v.considered_technology = 'not_considered') THEN 'not_considered'
            ELSE 'not_documented'
        END AS outcome
    FROM newcomers AS n
    LEFT JOIN vedtak AS v
        ON v.recipient_id = n.recipient_id
        AND v.starts_on BETWEEN n.came_on AND n.came_on + 28
    GROUP BY n.recipient_id, n.came_on, n.place
),
by_month AS (
    SELECT date_trunc('month', came_on)::date AS came_in, place, outcome, count(*) AS cases
    FROM told
    GROUP BY 1, 2, 3
),
of_year AS (
    SELECT e.month, b.place, b.outcome, sum(b.cases) AS cases
    FROM by_month AS b
    JOIN ends AS e ON b.came_in <= e.first_day AND b.came_in > e.first_day - INTERVAL 12 MONTH
    GROUP BY e.month, b.place, b.outcome
),
measured AS (
    SELECT outcome AS measure, month, place, cases FROM of_year
    UNION ALL
    SELECT 'considered', month, place, cases FROM of_year
    WHERE outcome IN ('granted', 'declined', 'unsuitable')
    UNION ALL
    SELECT 'new_recipients', month, place, cases FROM of_year
)
SELECT
    m.measure,
    'everyone' AS slice_kind,
    'all' AS slice,
    m.month,
    p.geography,
    p."grouping",
    p.unit,
    sum(m.cases)::bigint AS value
FROM measured AS m
JOIN in_place AS p ON p.place = m.place
GROUP BY m.measure, m.month, p.geography, p."grouping", p.unit
