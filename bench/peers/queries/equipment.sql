-- builds on: lived, holders
-- Devices that are owned and with nobody at the month's end, and those in use that no list has.
WITH owned AS (
    SELECT
        device_id,
        min(service) AS service,
        coalesce(min(acquired_on), DATE '1900-01-01') AS starts_on,
        coalesce(min(retired_on), DATE '9999-01-01') AS ends_on
    FROM devices
    GROUP BY device_id
),
-- before anybody had a device, and after each who had it
rests AS (
    SELECT
        o.device_id,
        NULL AS recipient_id,
        DATE '1900-01-01' AS starts_on,
        coalesce(min(h.starts_on), DATE '9999-01-01') AS ends_on
    FROM owned AS o
    LEFT JOIN holders AS h ON h.device_id = o.device_id
    GROUP BY o.device_id
    UNION ALL
    SELECT
        device_id,
        recipient_id,
        ends_on AS starts_on,
        coalesce(lead(starts_on) OVER (PARTITION BY device_id ORDER BY starts_on), DATE '9999-01-01') AS ends_on
    FROM holders
),
stored AS (
    SELECT
        o.service,
        h.unit,
        greatest(r.starts_on, o.starts_on) AS starts_on,
        least(r.ends_on, o.ends_on) AS ends_on
    FROM rests AS r
    JOIN owned AS o ON o.device_id = r.device_id
    -- where she lived last by the day that she gave it back
    ASOF LEFT JOIN homes AS h ON h.recipient_id = r.recipient_id AND h.starts_on < r.starts_on
    WHERE r.starts_on < o.ends_on AND r.ends_on > o.starts_on AND r.starts_on < r.ends_on
),
in_stock AS (
    SELECT s.service, s.unit, e.month, e.last_day, count(*) AS devices
    FROM stored AS s
    JOIN ends AS e ON s.starts_on <= e.last_day AND s.ends_on > e.last_day
    GROUP BY s.service, s.unit, e.month, e.last_day
),
unlisted AS (
    SELECT h.recipient_id, e.month, e.last_day
    FROM holders AS h
    ANTI JOIN devices AS d ON d.device_id = h.device_id
    JOIN ends AS e ON h.starts_on <= e.last_day AND h.ends_on > e.last_day
),
by_place AS (
    SELECT 'in_stock' AS measure, s.service, s.month, coalesce(e.place, 0) AS place, s.devices
    FROM in_stock AS s
    LEFT JOIN eras AS e
        ON e.home = s.unit
        AND e.settled = ''
        AND e.starts_on <= s.last_day
        AND e.ends_on > s.last_day
    UNION ALL
    SELECT 'assigned_unlisted', '', u.month, coalesce(l.place, 0), count(*)
    FROM unlisted AS u
    LEFT JOIN lived AS l
        ON l.recipient_id = u.recipient_id
        AND l.starts_on <= u.last_day
        AND l.ends_on > u.last_day
    GROUP BY u.month, l.place
)
SELECT
    b.measure,
    m.slice_kind,
    m.slice,
    b.month,
    p.geography,
    p."grouping",
    p.unit,
    sum(b.devices)::bigint AS value
FROM by_place AS b
JOIN members_or_none AS m ON m.service = b.service
JOIN in_place AS p ON p.place = b.place
GROUP BY b.measure, m.slice_kind, m.slice, b.month, p.geography, p."grouping", p.unit
