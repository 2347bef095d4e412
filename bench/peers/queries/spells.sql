-- When a recipient has a vedtak for a service, and when her equipment works, without overlaps.
WITH here AS (
    SELECT recipient_id, least(coalesce(min(died_on), DATE '9999-01-01'), coalesce(min(moved_out_on), DATE '9999-01-01')) AS until
    FROM recipients
    GROUP BY recipient_id
),
granted AS (
    SELECT vedtak_id AS id, recipient_id, service, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM vedtak
    WHERE status = 'granted' AND (ends_on IS NULL OR starts_on < ends_on)
),
equipment AS (
    SELECT device_id, min(service) AS service, coalesce(min(retired_on), DATE '9999-01-01') AS until
    FROM devices
    GROUP BY device_id
),
working AS (
    SELECT a.device_id AS id, a.recipient_id, e.service, a.starts_on, least(coalesce(a.ends_on, DATE '9999-01-01'), e.until) AS ends_on
    FROM device_assignments AS a
    JOIN equipment AS e ON e.device_id = a.device_id
),
possible AS (
    SELECT 'v' AS what, id, recipient_id, service, starts_on, ends_on FROM granted
    UNION ALL
    SELECT 'd' AS what, id, recipient_id, service, starts_on, ends_on FROM working
    WHERE starts_on < ends_on
),
rests AS (
    SELECT 'v' AS what, vedtak_id AS id, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM vedtak_pauses
    WHERE ends_on IS NULL OR starts_on < ends_on
    UNION ALL
    SELECT 'd' AS what, device_id AS id, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM device_downtimes
    WHERE ends_on IS NULL OR starts_on < ends_on
),
owners AS (
    SELECT DISTINCT what, id, recipient_id, service FROM possible
    WHERE (what, id) IN (SELECT what, id FROM rests)
),
-- those that rest now and then: one more where they hold, one more where they rest
steps AS (
    SELECT p.what, p.id, p.recipient_id, p.service, p.starts_on AS day, 1 AS holds, 0 AS rests
    FROM possible AS p WHERE (p.what, p.id) IN (SELECT what, id FROM rests)
    UNION ALL
    SELECT p.what, p.id, p.recipient_id, p.service, p.ends_on, -1, 0
    FROM possible AS p WHERE (p.what, p.id) IN (SELECT what, id FROM rests)
    UNION ALL
    SELECT o.what, o.id, o.recipient_id, o.service, r.starts_on, 0, 1
    FROM rests AS r JOIN owners AS o ON o.what = r.what AND o.id = r.id
    UNION ALL
    SELECT o.what, o.id, o.recipient_id, o.service, r.ends_on, 0, -1
    FROM rests AS r JOIN owners AS o ON o.what = r.what AND o.id = r.id
),
stretches AS (
    SELECT
        what,
        recipient_id,
        service,
        day AS starts_on,
        lead(day) OVER w AS ends_on,
        sum(sum(holds)) OVER w AS holds,
        sum(sum(rests)) OVER w AS rests
    FROM steps
    GROUP BY what, id, recipient_id, service, day
    WINDOW w AS (PARTITION BY what, id, recipient_id, service ORDER BY day)
),
valid AS (
    SELECT what, recipient_id, service, starts_on, ends_on FROM stretches
    WHERE holds > 0 AND rests = 0
    UNION ALL
    SELECT what, recipient_id, service, starts_on, ends_on FROM possible
    WHERE (what, id) NOT IN (SELECT what, id FROM rests)
),
clipped AS (
    SELECT v.what, v.recipient_id, v.service, v.starts_on, least(v.ends_on, coalesce(h.until, v.ends_on)) AS ends_on
    FROM valid AS v
    LEFT JOIN here AS h ON h.recipient_id = v.recipient_id
),
laid AS (
    SELECT recipient_id, service, starts_on AS day,
        CASE what WHEN 'v' THEN 1 ELSE 0 END AS vedtak, CASE what WHEN 'd' THEN 1 ELSE 0 END AS device
    FROM clipped WHERE starts_on < ends_on
    UNION ALL
    SELECT recipient_id, service, ends_on AS day,
        CASE what WHEN 'v' THEN -1 ELSE 0 END, CASE what WHEN 'd' THEN -1 ELSE 0 END
    FROM clipped WHERE starts_on < ends_on
),
states AS (
    SELECT
        recipient_id,
        service,
        day AS starts_on,
        lead(day) OVER w AS ends_on,
        sum(sum(vedtak)) OVER w > 0 AS vedtak,
        sum(sum(device)) OVER w > 0 AS device
    FROM laid
    GROUP BY recipient_id, service, day
    WINDOW w AS (PARTITION BY recipient_id, service ORDER BY day)
)
SELECT * FROM states WHERE vedtak OR device
