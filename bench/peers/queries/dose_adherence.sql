-- builds on: lived, movers
-- Doses due and handed out, and who took less than 80 percent of the month's, wherever she lived.
WITH doses AS (
    SELECT
        recipient_id,
        month,
        week,
        doses_dispensed + doses_missed AS due,
        doses_dispensed AS dispensed,
        sum(doses_dispensed) OVER w * 100 < sum(doses_dispensed + doses_missed) OVER w * 80 AS few
    FROM panel_events
    WHERE service = 'DMS' AND doses_dispensed + doses_missed > 0
    WINDOW w AS (PARTITION BY recipient_id, month)
),
persons AS (
    SELECT
        d.month,
        d.recipient_id,
        m.recipient_id AS mover,
        coalesce(l.place, 0) AS place,
        d.few,
        sum(d.due) AS due,
        sum(d.dispensed) AS dispensed
    FROM doses AS d
    LEFT JOIN lived AS l
        ON l.recipient_id = d.recipient_id
        AND l.starts_on <= d.week
        AND l.ends_on > d.week
    LEFT JOIN movers AS m ON m.recipient_id = d.recipient_id AND m.month = d.month
    GROUP BY d.month, d.recipient_id, m.recipient_id, l.place, d.few
),
by_place AS (
    SELECT
        month,
        place,
        mover,
        count(recipient_id) AS with_doses,
        count(recipient_id) FILTER (WHERE few) AS with_few_doses,
        sum(due) AS due,
        sum(dispensed) AS dispensed
    FROM persons
    GROUP BY month, place, mover
),
-- those who stayed are summed; who moved counts once, in how many places ever she lived
by_unit AS (
    SELECT
        b.month,
        p.geography,
        p."grouping",
        p.unit,
        CASE WHEN b.mover IS NULL THEN sum(b.with_doses) ELSE max(b.with_doses) END AS with_doses,
        CASE WHEN b.mover IS NULL THEN sum(b.with_few_doses) ELSE max(b.with_few_doses) END AS with_few_doses,
        sum(b.due) AS due,
        sum(b.dispensed) AS dispensed
    FROM by_place AS b
    JOIN in_place AS p ON p.place = b.place
    GROUP BY b.month, p.geography, p."grouping", p.unit, b.mover
),
totals AS (
    SELECT
        month,
        geography,
        "grouping",
        unit,
        sum(with_doses)::bigint AS with_doses,
        sum(with_few_doses)::bigint AS with_few_doses,
        sum(due)::bigint AS due,
        sum(dispensed)::bigint AS dispensed
    FROM by_unit
    GROUP BY month, geography, "grouping", unit
),
measured AS (
    UNPIVOT totals ON with_doses, with_few_doses, due, dispensed INTO NAME measure VALUE value
)
-- the dispenser is one service: its figures are those of every slice that it is in
SELECT d.measure, m.slice_kind, m.slice, d.month, d.geography, d."grouping", d.unit, d.value
FROM measured AS d
JOIN members AS m ON m.service = 'DMS'
WHERE d.value <> 0
