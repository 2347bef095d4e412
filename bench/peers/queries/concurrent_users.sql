-- builds on: homes, spells, settlings
-- Counts above zero. Who had one home in the month is counted with it; who had several, one by one.
WITH technology AS (
    SELECT * FROM spells WHERE service IN (SELECT service FROM members)
),
at_ends AS (
    SELECT s.recipient_id, s.service, e.month, s.vedtak, s.device, coalesce(h.unit, '') AS home
    FROM technology AS s
    JOIN ends AS e ON s.starts_on <= e.last_day AND s.ends_on > e.last_day
    LEFT JOIN homes AS h
        ON h.recipient_id = s.recipient_id
        AND h.starts_on <= e.last_day
        AND h.ends_on > e.last_day
),
persons AS (
    SELECT
        m.slice_kind,
        m.slice,
        a.month,
        a.recipient_id,
        a.home,
        max(CASE WHEN a.vedtak AND a.device THEN 1 ELSE 0 END) AS concurrent,
        max(CASE WHEN a.vedtak AND NOT a.device THEN 1 ELSE 0 END) AS vedtak_only,
        max(CASE WHEN a.device AND NOT a.vedtak THEN 1 ELSE 0 END) AS device_only
    FROM at_ends AS a
    JOIN members AS m ON m.service = a.service
    GROUP BY m.slice_kind, m.slice, a.month, a.recipient_id, a.home
),
stocks AS (
    SELECT
        p.slice_kind,
        p.slice,
        p.month,
        p.home,
        coalesce(s.settled, '') AS settled,
        sum(p.concurrent) AS concurrent,
        sum(p.vedtak_only) AS vedtak_only,
        sum(p.device_only) AS device_only
    FROM persons AS p
    LEFT JOIN settlings AS s ON s.recipient_id = p.recipient_id AND s.home = p.home
    GROUP BY 1, 2, 3, 4, 5
),
both_ways AS (
    SELECT
        s.recipient_id,
        s.service,
        e.month,
        greatest(s.starts_on, e.first_day) AS first_day,
        least(s.ends_on - 1, e.last_day) AS last_day
    FROM technology AS s
    JOIN ends AS e ON s.starts_on <= e.last_day AND s.ends_on > e.first_day
    WHERE s.vedtak AND s.device
),
lived AS (
    SELECT DISTINCT
        m.slice_kind,
        m.slice,
        b.month,
        b.recipient_id,
        coalesce(h.unit, '') AS home,
        coalesce(s.settled, '') AS settled
    FROM both_ways AS b
    LEFT JOIN homes AS h
        ON h.recipient_id = b.recipient_id
        AND h.starts_on <= b.last_day
        AND h.ends_on > b.first_day
    LEFT JOIN settlings AS s ON s.recipient_id = b.recipient_id AND s.home = h.unit
    JOIN members AS m ON m.service = b.service
),
homes_in_month AS (
    SELECT *, count(*) OVER (PARTITION BY slice_kind, slice, month, recipient_id) AS homes
    FROM lived
),
uniques AS (
    SELECT slice_kind, slice, month, home, settled, count(*) AS users
    FROM homes_in_month
    WHERE homes = 1
    GROUP BY slice_kind, slice, month, home, settled
),
by_home AS (
    SELECT 'concurrent' AS measure, slice_kind, slice, month, home, settled, concurrent AS value
    FROM stocks
    UNION ALL
    SELECT 'vedtak_only', slice_kind, slice, month, home, settled, vedtak_only FROM stocks
    UNION ALL
    SELECT 'device_only', slice_kind, slice, month, home, settled, device_only FROM stocks
    UNION ALL
    SELECT 'unique_in_month', slice_kind, slice, month, home, settled, users FROM uniques
),
several AS (
    SELECT DISTINCT l.slice_kind, l.slice, l.month, 'then' AS geography, t."grouping", t.unit,
        l.recipient_id
    FROM homes_in_month AS l
    JOIN places_then AS t ON t.month = l.month AND t.home = l.home
    WHERE l.homes > 1
    UNION ALL
    SELECT DISTINCT l.slice_kind, l.slice, l.month, 'now' AS geography, n."grouping", n.unit,
        l.recipient_id
    FROM homes_in_month AS l
    JOIN places_now AS n ON n.home = l.home AND n.settled = l.settled
    WHERE l.homes > 1
),
placed AS (
    SELECT b.measure, b.slice_kind, b.slice, b.month, 'then' AS geography, t."grouping", t.unit,
        b.value
    FROM by_home AS b
    JOIN places_then AS t ON t.month = b.month AND t.home = b.home
    UNION ALL
    SELECT b.measure, b.slice_kind, b.slice, b.month, 'now' AS geography, n."grouping", n.unit,
        b.value
    FROM by_home AS b
    JOIN places_now AS n ON n.home = b.home AND n.settled = b.settled
    UNION ALL
    SELECT 'unique_in_month', slice_kind, slice, month, geography, "grouping", unit, 1
    FROM several
)
SELECT measure, slice_kind, slice, month, geography, "grouping", unit, sum(value)::bigint AS value
FROM placed
GROUP BY measure, slice_kind, slice, month, geography, "grouping", unit
HAVING sum(value) > 0
