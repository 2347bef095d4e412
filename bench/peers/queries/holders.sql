-- Whose events a device sends: the primary one of those who share it, then who got it last.
WITH assigned AS (
    SELECT
        device_id,
        recipient_id,
        starts_on,
        coalesce(ends_on, DATE '9999-01-01') AS ends_on,
        CASE role WHEN 'primary' THEN 0 WHEN 'shared' THEN 2 ELSE 1 END AS place
    FROM device_assignments
    WHERE ends_on IS NULL OR starts_on < ends_on
),
bounds AS (
    SELECT device_id, starts_on AS day FROM assigned
    UNION
    SELECT device_id, ends_on AS day FROM assigned
),
pieces AS (
    SELECT
        device_id,
        day AS piece_from,
        lead(day) OVER (PARTITION BY device_id ORDER BY day) AS piece_to
    FROM bounds
),
chosen AS (
    SELECT DISTINCT ON (p.device_id, p.piece_from)
        p.device_id,
        p.piece_from AS starts_on,
        p.piece_to AS ends_on,
        a.recipient_id
    FROM pieces AS p
    JOIN assigned AS a
        ON a.device_id = p.device_id
        AND a.starts_on <= p.piece_from
        AND a.ends_on >= p.piece_to
    ORDER BY p.device_id, p.piece_from, a.place, a.starts_on DESC, a.recipient_id
)
SELECT c.device_id, c.starts_on, c.ends_on, c.recipient_id, d.service
FROM chosen AS c
LEFT JOIN (SELECT device_id, min(service) AS service FROM devices GROUP BY device_id) AS d
    ON d.device_id = c.device_id
