-- builds on: lived, home_care_vedtak, needs
-- Everybody with home care at a month's end: where she lives then, and what is known of her need.
WITH at_ends AS (
    SELECT DISTINCT v.recipient_id, e.month, e.last_day
    FROM home_care_vedtak AS v
    JOIN ends AS e ON v.starts_on <= e.last_day AND v.ends_on > e.last_day
)
SELECT a.recipient_id, a.month, l.place, coalesce(n.need, 'not_assessed') AS need
FROM at_ends AS a
JOIN lived AS l
    ON l.recipient_id = a.recipient_id
    AND l.starts_on <= a.last_day
    AND l.ends_on > a.last_day
LEFT JOIN needs AS n
    ON n.recipient_id = a.recipient_id
    AND n.starts_on <= a.last_day
    AND n.ends_on > a.last_day
