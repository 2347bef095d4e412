-- builds on: holders
-- The first day of each week with a signal, for everybody who shares what sent it.
WITH own AS (
    SELECT recipient_id, service, week, first_on AS heard_on
    FROM panel_events
    WHERE first_on IS NOT NULL AND recipient_id IS NOT NULL
),
sharing AS (
    SELECT
        a.recipient_id,
        h.recipient_id AS holder,
        h.service,
        greatest(a.starts_on, h.starts_on) AS starts_on,
        least(coalesce(a.ends_on, DATE '9999-01-01'), h.ends_on) AS ends_on
    FROM device_assignments AS a
    JOIN holders AS h
        ON h.device_id = a.device_id
        AND h.recipient_id <> a.recipient_id
        AND h.ends_on > a.starts_on
        AND h.starts_on < coalesce(a.ends_on, DATE '9999-01-01')
    WHERE a.ends_on IS NULL OR a.starts_on < a.ends_on
)
SELECT recipient_id, service, heard_on FROM own
UNION ALL
SELECT s.recipient_id, s.service, greatest(o.heard_on, s.starts_on)
FROM sharing AS s
JOIN own AS o
    ON o.recipient_id = s.holder
    AND o.service = s.service
    AND o.heard_on < s.ends_on
    AND o.week >= greatest(date_trunc('week', s.starts_on), date_trunc('month', s.starts_on))
