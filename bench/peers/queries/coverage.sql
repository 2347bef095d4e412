-- builds on: cared_for, in_use
-- Recipients of home care at the month's end, those of them who use technology, and how many would
-- if each need group had its municipality's share. Shares are rounded to billionths, sums to
-- tenths: rows that round to zero stay.
WITH recipients AS (
    SELECT month, place, need, count(*) AS recipients
    FROM cared_for
    GROUP BY month, place, need
),
covered AS (
    SELECT m.slice_kind, m.slice, c.month, c.place, c.need, count(DISTINCT c.recipient_id) AS users
    FROM cared_for AS c
    JOIN in_use AS u ON u.recipient_id = c.recipient_id AND u.month = c.month
    JOIN members AS m ON m.service = u.service
    GROUP BY m.slice_kind, m.slice, c.month, c.place, c.need
),
wholes AS (
    SELECT place, geography, unit AS whole FROM in_place WHERE "grouping" = 'municipality'
),
there AS (
    SELECT p.geography, p."grouping", p.unit, r.month, r.need, w.whole,
        sum(r.recipients)::bigint AS recipients
    FROM recipients AS r
    JOIN in_place AS p ON p.place = r.place
    LEFT JOIN wholes AS w ON w.place = r.place AND w.geography = p.geography
    GROUP BY p.geography, p."grouping", p.unit, r.month, r.need, w.whole
),
using_it AS (
    SELECT c.slice_kind, c.slice, c.month, w.geography, w.whole, c.need, sum(c.users)::bigint AS users
    FROM covered AS c
    JOIN wholes AS w ON w.place = c.place
    GROUP BY c.slice_kind, c.slice, c.month, w.geography, w.whole, c.need
),
shares AS (
    SELECT
        u.*,
        (2 * 1000000000 * u.users + t.recipients) // (2 * t.recipients) AS billionths
    FROM using_it AS u
    JOIN there AS t
        ON t."grouping" = 'municipality'
        AND t.unit = u.whole
        AND t.whole = u.whole
        AND t.geography = u.geography
        AND t.month = u.month
        AND t.need = u.need
),
expected AS (
    SELECT s.slice_kind, s.slice, t.month, t.geography, t."grouping", t.unit,
        sum(t.recipients * s.billionths)::bigint AS billionths
    FROM there AS t
    JOIN shares AS s
        ON s.whole = t.whole
        AND s.geography = t.geography
        AND s.month = t.month
        AND s.need = t.need
    GROUP BY s.slice_kind, s.slice, t.month, t.geography, t."grouping", t.unit
),
everybody AS (
    SELECT month, geography, "grouping", unit, sum(recipients)::double AS recipients
    FROM there
    GROUP BY month, geography, "grouping", unit
)
SELECT 'recipients' AS measure, s.slice_kind, s.slice, e.month, e.geography, e."grouping", e.unit,
    e.recipients AS value
FROM everybody AS e
CROSS JOIN (SELECT DISTINCT slice_kind, slice FROM members) AS s
UNION ALL
SELECT 'covered', c.slice_kind, c.slice, c.month, p.geography, p."grouping", p.unit, sum(c.users)::double
FROM covered AS c
JOIN in_place AS p ON p.place = c.place
GROUP BY c.slice_kind, c.slice, c.month, p.geography, p."grouping", p.unit
UNION ALL
SELECT 'expected', slice_kind, slice, month, geography, "grouping", unit,
    ((2 * billionths + 100000000) // 200000000)::double / 10
FROM expected
