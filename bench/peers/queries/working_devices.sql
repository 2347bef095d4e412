-- builds on: here
-- When a device is with a recipient and works: not retired, faulty or paused, and she is here.
WITH equipment AS (
    SELECT device_id, min(service) AS service, coalesce(min(retired_on), DATE '9999-01-01') AS until
    FROM devices
    GROUP BY device_id
),
assigned AS (
    SELECT
        a.device_id,
        a.recipient_id,
        e.service,
        a.starts_on,
        least(coalesce(a.ends_on, DATE '9999-01-01'), e.until) AS ends_on
    FROM device_assignments AS a
    JOIN equipment AS e ON e.device_id = a.device_id
),
held AS (
    SELECT * FROM assigned WHERE starts_on < ends_on
),
rests AS (
    SELECT device_id, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM device_downtimes
    WHERE ends_on IS NULL OR starts_on < ends_on
),
owners AS (
    SELECT DISTINCT device_id, recipient_id, service FROM held
    WHERE device_id IN (SELECT device_id FROM rests)
),
-- of those that rest now and then: one more where they hold, one more where they rest
steps AS (
    SELECT device_id, recipient_id, service, starts_on AS day, 1 AS holds, 0 AS rests
    FROM held WHERE device_id IN (SELECT device_id FROM rests)
    UNION ALL
    SELECT device_id, recipient_id, service, ends_on, -1, 0
    FROM held WHERE device_id IN (SELECT device_id FROM rests)
    UNION ALL
    SELECT o.device_id, o.recipient_id, o.service, r.starts_on, 0, 1
    FROM rests AS r JOIN owners AS o ON o.device_id = r.device_id
    UNION ALL
    SELECT o.device_id, o.recipient_id, o.service, r.ends_on, 0, -1
    FROM rests AS r JOIN owners AS o ON o.device_id = r.device_id
),
stretches AS (
    SELECT
        device_id,
        recipient_id,
        service,
        day AS starts_on,
        lead(day) OVER w AS ends_on,
        sum(sum(holds)) OVER w AS holds,
        sum(sum(rests)) OVER w AS rests
    FROM steps
    GROUP BY device_id, recipient_id, service, day
    WINDOW w AS (PARTITION BY device_id, recipient_id, service ORDER BY day)
),
working AS (
    SELECT device_id, recipient_id, service, starts_on, ends_on FROM stretches
    WHERE holds > 0 AND rests = 0
    UNION ALL
    SELECT device_id, recipient_id, service, starts_on, ends_on FROM held
    WHERE device_id NOT IN (SELECT device_id FROM rests)
)
SELECT
    w.device_id,
    w.recipient_id,
    w.service,
    w.starts_on,
    least(w.ends_on, coalesce(h.until, w.ends_on)) AS ends_on
FROM working AS w
LEFT JOIN here AS h ON h.recipient_id = w.recipient_id
WHERE h.until IS NULL OR w.starts_on < h.until
