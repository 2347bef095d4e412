-- builds on: working_devices, signals, lived
-- Kaplan and Meier's time from a vedtak until the equipment works, and until it is first heard from.
WITH granted AS (
    SELECT
        v.recipient_id,
        v.service,
        v.starts_on,
        coalesce(v.ends_on, DATE '9999-01-01') AS ends_on,
        coalesce(
            min(v.decided_on) OVER (PARTITION BY v.recipient_id, v.service, v.starts_on), v.starts_on
        ) AS decided_on
    FROM vedtak AS v
    JOIN technology AS t ON t.service = v.service
    WHERE v.status = 'granted' AND (v.ends_on IS NULL OR v.starts_on < v.ends_on)
),
followed AS (
    SELECT
        *,
        max(ends_on) OVER (
            PARTITION BY recipient_id, service
            ORDER BY starts_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached
    FROM granted
),
numbered AS (
    SELECT
        *,
        sum(CASE WHEN starts_on < reached + 28 THEN 0 ELSE 1 END) OVER (
            PARTITION BY recipient_id, service ORDER BY starts_on
        ) AS course
    FROM followed
),
-- what renews another is part of it
begun AS (
    SELECT
        n.recipient_id,
        n.service,
        n.course,
        arg_min(n.decided_on, n.starts_on) AS decided_on,
        max(n.ends_on) AS ends_on,
        least(max(n.ends_on), coalesce(min(h.until), max(n.ends_on))) AS over_on
    FROM numbered AS n
    LEFT JOIN here AS h ON h.recipient_id = n.recipient_id
    GROUP BY n.recipient_id, n.service, n.course
    HAVING decided_on >= (SELECT since FROM reach)
),
worked AS (
    SELECT b.recipient_id, b.service, b.course, min(d.starts_on) AS worked_on
    FROM begun AS b
    JOIN working_devices AS d
        ON d.recipient_id = b.recipient_id
        AND d.service = b.service
        AND d.ends_on > b.decided_on
        AND d.starts_on < b.ends_on
    GROUP BY b.recipient_id, b.service, b.course
),
heard AS (
    SELECT b.recipient_id, b.service, b.course, min(s.heard_on) AS heard_on
    FROM begun AS b
    JOIN signals AS s
        ON s.recipient_id = b.recipient_id
        AND s.service = b.service
        AND s.heard_on >= greatest(date_trunc('week', b.decided_on), date_trunc('month', b.decided_on))
        AND s.heard_on < b.over_on
    GROUP BY b.recipient_id, b.service, b.course
),
sending AS (
    SELECT service, date_trunc('month', min(week))::date AS sends_since
    FROM panel_events
    WHERE service IS NOT NULL
    GROUP BY service
),
cases AS (
    SELECT
        b.service,
        l.place,
        b.decided_on,
        b.over_on,
        w.worked_on,
        s.heard_on,
        coalesce(b.decided_on >= f.sends_since, false) AS is_followed
    FROM begun AS b
    JOIN lived AS l
        ON l.recipient_id = b.recipient_id
        AND l.starts_on <= b.decided_on
        AND l.ends_on > b.decided_on
    LEFT JOIN worked AS w
        ON w.recipient_id = b.recipient_id AND w.service = b.service AND w.course = b.course
    LEFT JOIN heard AS s
        ON s.recipient_id = b.recipient_id AND s.service = b.service AND s.course = b.course
    LEFT JOIN sending AS f ON f.service = b.service
),
dated AS (
    SELECT
        c.*,
        e.month,
        coalesce(c.worked_on <= e.last_day, false) AS has_worked,
        coalesce(c.heard_on <= e.last_day, false) AS is_heard,
        c.over_on > e.last_day AS holds,
        least(e.last_day, c.over_on - 1) AS until
    FROM cases AS c
    JOIN ends AS e
        ON c.decided_on <= e.last_day
        AND c.decided_on >= e.first_day - INTERVAL 11 MONTH
),
ways AS (
    SELECT
        'worked' AS way,
        service,
        month,
        place,
        greatest(CASE WHEN has_worked THEN worked_on ELSE until END - decided_on, 0) AS days,
        has_worked AS is_started,
        holds AND NOT has_worked AS waits
    FROM dated
    UNION ALL
    SELECT
        'heard',
        service,
        month,
        place,
        greatest(CASE WHEN is_heard THEN heard_on ELSE until END - decided_on, 0),
        is_heard,
        false
    FROM dated
    WHERE is_followed
),
by_service AS (
    SELECT
        way,
        service,
        month,
        place,
        days,
        count(*) AS cases,
        count(*) FILTER (WHERE is_started) AS started,
        count(*) FILTER (WHERE waits) AS waiting
    FROM ways
    GROUP BY way, service, month, place, days
),
counted AS (
    SELECT
        b.way,
        m.slice_kind,
        m.slice,
        b.month,
        p.geography,
        p."grouping",
        p.unit,
        b.days,
        sum(b.cases)::bigint AS cases,
        sum(b.started)::bigint AS started,
        sum(b.waiting)::bigint AS waiting
    FROM by_service AS b
    JOIN members AS m ON m.service = b.service
    JOIN in_place AS p ON p.place = b.place
    GROUP BY ALL
),
exposed AS (
    SELECT
        *,
        sum(cases) OVER (
            PARTITION BY way, slice_kind, slice, month, geography, "grouping", unit
            ORDER BY days DESC
        ) AS at_risk
    FROM counted
),
curves AS (
    SELECT
        *,
        product(1 - started / at_risk) OVER (
            PARTITION BY way, slice_kind, slice, month, geography, "grouping", unit ORDER BY days
        ) AS remaining
    FROM exposed
),
-- a share is known where somebody was followed so long, or all had started
cells AS (
    SELECT
        way,
        slice_kind,
        slice,
        month,
        geography,
        "grouping",
        unit,
        sum(cases) AS cases,
        sum(cases) - sum(started) AS unstarted,
        sum(waiting) AS waiting,
        min(days) FILTER (WHERE remaining <= 0.5 + 1e-9) AS median,
        CASE WHEN max(days) >= 14 OR min(remaining) = 0
            THEN round((1 - coalesce(min(remaining) FILTER (WHERE days <= 14), 1)) * 100, 6)
        END AS within_14,
        CASE WHEN max(days) >= 28 OR min(remaining) = 0
            THEN round((1 - coalesce(min(remaining) FILTER (WHERE days <= 28), 1)) * 100, 6)
        END AS within_28
    FROM curves
    GROUP BY ALL
),
measured AS (
    SELECT
        CASE way
            WHEN 'worked' THEN unnest([
                'vedtak', 'not_started', 'waiting', 'median_days', 'within_14_days', 'within_28_days'
            ])
            ELSE unnest([
                'signal_vedtak', 'no_signal', NULL, 'signal_median_days', NULL, 'signal_within_28_days'
            ])
        END AS measure,
        slice_kind,
        slice,
        month,
        geography,
        "grouping",
        unit,
        unnest([cases, nullif(unstarted, 0), nullif(waiting, 0), median, within_14, within_28]) AS value
    FROM cells
),
-- what nothing was ever heard from is missing, and not late
unheard AS (
    SELECT m.slice_kind, m.slice, e.month
    FROM members AS m
    LEFT JOIN sending AS f ON f.service = m.service
    CROSS JOIN ends AS e
    GROUP BY m.slice_kind, m.slice, e.month, e.last_day
    HAVING coalesce(min(f.sends_since) > e.last_day, true)
)
SELECT measure, slice_kind, slice, month, geography, "grouping", unit, value::double AS value
FROM measured
WHERE measure IS NOT NULL AND value IS NOT NULL
UNION ALL
SELECT
    unnest(['signal_median_days', 'signal_within_28_days', 'signal_vedtak', 'no_signal']),
    u.slice_kind,
    u.slice,
    u.month,
    x.geography,
    x."grouping",
    x.unit,
    NULL
FROM unheard AS u
JOIN existing AS x ON x.month = u.month
