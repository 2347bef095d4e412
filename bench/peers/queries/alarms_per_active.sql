-- builds on: lived, movers
-- Alarms of weeks in which somebody had both vedtak and a device that worked, and who those were.
WITH active AS (
    SELECT u.recipient_id, u.service, u.month, u.week, coalesce(e.alarms, 0) AS alarms
    FROM panel_services AS u
    JOIN technology AS t ON t.service = u.service
    LEFT JOIN panel_events AS e
        ON e.recipient_id = u.recipient_id
        AND e.service = u.service
        AND e.month = u.month
        AND e.week = u.week
        AND e.alarms > 0
    WHERE u.both_days > 0
),
monthly AS (
    SELECT
        a.recipient_id,
        m.recipient_id AS mover,
        a.service,
        a.month,
        l.place,
        sum(a.alarms) AS alarms
    FROM active AS a
    JOIN lived AS l
        ON l.recipient_id = a.recipient_id
        AND l.starts_on <= a.week
        AND l.ends_on > a.week
    LEFT JOIN movers AS m ON m.recipient_id = a.recipient_id AND m.month = a.month
    GROUP BY a.recipient_id, m.recipient_id, a.service, a.month, l.place
),
persons AS (
    SELECT
        s.slice_kind,
        s.slice,
        m.month,
        m.recipient_id,
        m.mover,
        m.place,
        sum(m.alarms) AS alarms
    FROM monthly AS m
    JOIN members AS s ON s.service = m.service
    GROUP BY s.slice_kind, s.slice, m.month, m.recipient_id, m.mover, m.place
),
by_place AS (
    SELECT
        slice_kind,
        slice,
        month,
        place,
        mover,
        count(*) AS active,
        count(*) FILTER (WHERE alarms > 0) AS with_alarm,
        sum(alarms) AS alarms
    FROM persons
    GROUP BY slice_kind, slice, month, place, mover
),
-- those who stayed are summed; who moved counts once, in how many places ever she lived
by_unit AS (
    SELECT
        b.slice_kind,
        b.slice,
        b.month,
        p.geography,
        p."grouping",
        p.unit,
        CASE WHEN b.mover IS NULL THEN sum(b.active) ELSE 1 END AS active,
        CASE WHEN b.mover IS NULL THEN sum(b.with_alarm) ELSE max(b.with_alarm) END AS with_alarm,
        sum(b.alarms) AS alarms
    FROM by_place AS b
    JOIN in_place AS p ON p.place = b.place
    GROUP BY b.slice_kind, b.slice, b.month, p.geography, p."grouping", p.unit, b.mover
),
totals AS (
    SELECT
        slice_kind,
        slice,
        month,
        geography,
        "grouping",
        unit,
        sum(active)::bigint AS active,
        sum(with_alarm)::bigint AS with_alarm,
        sum(alarms)::bigint AS alarms
    FROM by_unit
    GROUP BY slice_kind, slice, month, geography, "grouping", unit
),
measured AS (
    UNPIVOT totals ON active, with_alarm, alarms INTO NAME measure VALUE value
)
SELECT * FROM measured WHERE value <> 0
