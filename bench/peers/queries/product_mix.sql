-- builds on: lived, valid_vedtak, working_devices
-- Who has a vedtak and a device that works at the month's end, by product, and of all its service.
WITH listed AS (
    SELECT device_id, min(product) AS product FROM devices GROUP BY device_id
),
products AS (
    SELECT DISTINCT service, product FROM devices
    WHERE service IN (SELECT service FROM technology)
),
granted AS (
    SELECT DISTINCT v.recipient_id, v.service, e.month
    FROM valid_vedtak AS v
    JOIN technology AS t ON t.service = v.service
    JOIN ends AS e ON v.starts_on <= e.last_day AND v.ends_on > e.last_day
),
held AS (
    SELECT DISTINCT w.recipient_id, w.service, l.product, e.month, e.last_day
    FROM working_devices AS w
    JOIN technology AS t ON t.service = w.service
    JOIN listed AS l ON l.device_id = w.device_id
    JOIN ends AS e ON w.starts_on <= e.last_day AND w.ends_on > e.last_day
),
used AS (
    SELECT h.recipient_id, h.service, h.product, h.month, l.place
    FROM held AS h
    JOIN granted AS g
        ON g.recipient_id = h.recipient_id
        AND g.service = h.service
        AND g.month = h.month
    JOIN lived AS l
        ON l.recipient_id = h.recipient_id
        AND l.starts_on <= h.last_day
        AND l.ends_on > h.last_day
),
of_service AS (
    SELECT service, month, place, count(DISTINCT recipient_id) AS users
    FROM used
    GROUP BY service, month, place
),
measured AS (
    SELECT 'users' AS measure, service, product, month, place, count(*) AS value
    FROM used
    GROUP BY service, product, month, place
    UNION ALL
    SELECT 'service_users', s.service, p.product, s.month, s.place, s.users
    FROM of_service AS s
    JOIN products AS p ON p.service = s.service
)
SELECT
    m.measure,
    'product' AS slice_kind,
    m.service || ':' || m.product AS slice,
    m.month,
    p.geography,
    p."grouping",
    p.unit,
    sum(m.value)::bigint AS value
FROM measured AS m
JOIN in_place AS p ON p.place = m.place
GROUP BY m.measure, m.service, m.product, m.month, p.geography, p."grouping", p.unit
