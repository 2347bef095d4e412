-- builds on: here, lived, in_use
-- Users of 80 and over at home at the month's end, those of that age in long stay, and residents
-- less those: null where residents are not known, or were fewer. The last two are of every slice.
WITH old AS (
    SELECT recipient_id, (max(birth_year) + 81)::bigint AS year FROM recipients GROUP BY recipient_id
),
staying AS (
    SELECT DISTINCT s.recipient_id, e.month, e.last_day
    FROM stays AS s
    JOIN ends AS e ON s.starts_on <= e.last_day AND (s.ends_on IS NULL OR s.ends_on > e.last_day)
    JOIN old AS o ON o.recipient_id = s.recipient_id AND o.year <= extract(year FROM e.last_day)
    LEFT JOIN here AS h ON h.recipient_id = s.recipient_id
    WHERE s.kind = 'long' AND (h.until IS NULL OR h.until > e.last_day)
),
users AS (
    SELECT DISTINCT m.slice_kind, m.slice, u.recipient_id, u.month, u.last_day
    FROM in_use AS u
    JOIN old AS o ON o.recipient_id = u.recipient_id AND o.year <= extract(year FROM u.last_day)
    JOIN members AS m ON m.service = u.service
    WHERE NOT EXISTS (
        SELECT 1 FROM staying AS s WHERE s.recipient_id = u.recipient_id AND s.month = u.month
    )
),
users_by_place AS (
    SELECT u.slice_kind, u.slice, u.month, l.place, count(*) AS users
    FROM users AS u
    JOIN lived AS l
        ON l.recipient_id = u.recipient_id
        AND l.starts_on <= u.last_day
        AND l.ends_on > u.last_day
    GROUP BY u.slice_kind, u.slice, u.month, l.place
),
away AS (
    SELECT s.month, p.geography, p."grouping", p.unit, count(*) AS persons
    FROM staying AS s
    JOIN lived AS l
        ON l.recipient_id = s.recipient_id
        AND l.starts_on <= s.last_day
        AND l.ends_on > s.last_day
    JOIN in_place AS p ON p.place = l.place
    GROUP BY s.month, p.geography, p."grouping", p.unit
),
counted AS (
    SELECT year, unit, sum(CASE WHEN age >= 80 THEN persons ELSE 0 END)::bigint AS persons
    FROM population
    WHERE variant = 'counted'
    GROUP BY year, unit
),
residents AS (
    SELECT m.month, m.geography, m."grouping", m.unit, sum(c.persons)::bigint AS persons
    FROM made_up_of AS m
    JOIN counted AS c ON c.year = m.year AND c.unit = m.counted
    GROUP BY m.month, m.geography, m."grouping", m.unit
),
at_home AS (
    SELECT e.month, e.geography, e."grouping", e.unit, r.persons - coalesce(a.persons, 0) AS persons
    FROM existing AS e
    LEFT JOIN residents AS r
        ON r.month = e.month
        AND r.geography = e.geography
        AND r."grouping" = e."grouping"
        AND r.unit = e.unit
    LEFT JOIN away AS a
        ON a.month = e.month
        AND a.geography = e.geography
        AND a."grouping" = e."grouping"
        AND a.unit = e.unit
),
of_everyone AS (
    SELECT 'long_stay' AS measure, month, geography, "grouping", unit, persons AS value FROM away
    UNION ALL
    SELECT 'at_home', month, geography, "grouping", unit, CASE WHEN persons >= 0 THEN persons END
    FROM at_home
)
SELECT o.measure, s.slice_kind, s.slice, o.month, o.geography, o."grouping", o.unit, o.value
FROM of_everyone AS o
CROSS JOIN (SELECT DISTINCT slice_kind, slice FROM members) AS s
UNION ALL
SELECT 'users', u.slice_kind, u.slice, u.month, p.geography, p."grouping", p.unit, sum(u.users)::bigint
FROM users_by_place AS u
JOIN in_place AS p ON p.place = u.place
GROUP BY u.slice_kind, u.slice, u.month, p.geography, p."grouping", p.unit
