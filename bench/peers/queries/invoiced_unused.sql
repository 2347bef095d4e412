-- builds on: holders, homes, working_devices
-- Devices that are paid for in a month, those that nobody used in it, lines that name no device; øre.
WITH lines AS (
    SELECT
        source,
        invoice_line_id,
        device_id,
        coalesce(service, '') AS service,
        unit,
        starts_on,
        round(amount * 100)::bigint AS ore,
        greatest(ends_on - starts_on, 1)::integer AS days
    FROM invoice_lines
    WHERE coalesce(service, '') IN (SELECT service FROM members_or_none)
),
-- whole øre so far, at the end of the month and before it: months add up to the line
charged AS (
    SELECT
        l.*,
        e.month,
        e.first_day,
        e.last_day,
        floor(l.ore * least(e.last_day + 1 - l.starts_on, l.days) / l.days)::bigint
            - floor(l.ore * greatest(e.first_day - l.starts_on, 0) / l.days)::bigint AS charge
    FROM lines AS l
    JOIN ends AS e ON l.starts_on <= e.last_day AND l.starts_on + l.days > e.first_day
),
-- the newest line says where a device belongs
invoiced AS (
    SELECT
        device_id,
        month,
        any_value(first_day) AS first_day,
        any_value(last_day) AS last_day,
        first(unit ORDER BY starts_on DESC, invoice_line_id, source) AS unit,
        first(service ORDER BY starts_on DESC, invoice_line_id, source) AS service,
        sum(charge)::bigint AS ore
    FROM charged
    WHERE device_id IS NOT NULL AND charge <> 0
    GROUP BY device_id, month
    HAVING sum(charge) > 0
),
-- who has it, or had it last; where she lived last while she had it
held AS (
    SELECT i.*, h.recipient_id, least(h.ends_on, i.last_day + 1) AS until
    FROM invoiced AS i
    ASOF LEFT JOIN holders AS h ON h.device_id = i.device_id AND h.starts_on <= i.last_day
),
belonging AS (
    SELECT h.*, coalesce(h.unit, l.unit) AS belongs
    FROM held AS h
    ASOF LEFT JOIN homes AS l ON l.recipient_id = h.recipient_id AND l.starts_on < h.until
),
known AS (
    SELECT
        b.month,
        b.last_day,
        b.belongs AS unit,
        coalesce(d.service, b.service) AS service,
        u.device_id IS NULL AS unused,
        b.ore
    FROM belonging AS b
    LEFT JOIN (SELECT device_id, min(service) AS service FROM devices GROUP BY device_id) AS d
        ON d.device_id = b.device_id
    LEFT JOIN (
        SELECT DISTINCT w.device_id, e.month
        FROM working_devices AS w
        JOIN ends AS e ON w.starts_on <= e.last_day AND w.ends_on > e.first_day
    ) AS u ON u.device_id = b.device_id AND u.month = b.month
),
things AS (
    SELECT 'invoiced' AS measure, 'invoiced_amount' AS amount, month, last_day, unit, service, ore
    FROM known
    UNION ALL
    SELECT 'invoiced_unused', 'unused_amount', month, last_day, unit, service, ore
    FROM known
    WHERE unused
    UNION ALL
    SELECT
        'lines_without_device',
        'amount_without_device',
        month,
        last_day,
        unit,
        service,
        charge
    FROM charged
    WHERE device_id IS NULL AND charge <> 0
),
summed AS (
    SELECT measure, amount, month, last_day, unit, service, count(*) AS things, sum(ore) AS ore
    FROM things
    GROUP BY measure, amount, month, last_day, unit, service
),
by_unit AS (
    SELECT
        s.measure,
        s.amount,
        m.slice_kind,
        m.slice,
        s.month,
        p.geography,
        p."grouping",
        p.unit,
        sum(s.things)::bigint AS things,
        sum(s.ore)::bigint AS ore
    FROM summed AS s
    JOIN members_or_none AS m ON m.service = s.service
    LEFT JOIN eras AS e
        ON e.home = s.unit
        AND e.settled = ''
        AND e.starts_on <= s.last_day
        AND e.ends_on > s.last_day
    JOIN in_place AS p ON p.place = coalesce(e.place, 0)
    GROUP BY s.measure, s.amount, m.slice_kind, m.slice, s.month, p.geography, p."grouping", p.unit
)
SELECT measure, slice_kind, slice, month, geography, "grouping", unit, things::double AS value
FROM by_unit
UNION ALL
SELECT amount, slice_kind, slice, month, geography, "grouping", unit, ore / 100
FROM by_unit
WHERE ore <> 0
