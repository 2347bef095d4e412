-- builds on: home_care_vedtak, lived
-- The first day of home care of those who had none for a year, and where they lived on it.
WITH followed AS (
    SELECT
        recipient_id,
        starts_on,
        max(ends_on) OVER (
            PARTITION BY recipient_id
            ORDER BY starts_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
    FROM home_care_vedtak
),
came AS (
    SELECT DISTINCT f.recipient_id, f.starts_on AS came_on
    FROM followed AS f
    JOIN reach AS r ON f.starts_on >= r.since + 365
    WHERE f.reached IS NULL OR f.reached + 365 <= f.starts_on
)
SELECT c.recipient_id, c.came_on, l.place
FROM came AS c
JOIN lived AS l
    ON l.recipient_id = c.recipient_id
    AND l.starts_on <= c.came_on
    AND l.ends_on > c.came_on
