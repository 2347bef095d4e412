-- builds on: courses, reasons, lived
-- Kaplan and Meier's share of those who still use it, Aalen and Johansen's of those who do not.
WITH begun AS (
    SELECT c.slice_kind, c.slice, c.starts_on, c.ends_on, w.reason, l.place
    FROM courses AS c
    JOIN reach AS r ON c.starts_on > r.since AND c.starts_on <= r.last_day
    JOIN lived AS l
        ON l.recipient_id = c.recipient_id
        AND l.starts_on <= c.starts_on
        AND l.ends_on > c.starts_on
    LEFT JOIN reasons AS w
        ON w.recipient_id = c.recipient_id
        AND w.slice_kind = c.slice_kind
        AND w.slice = c.slice
        AND w.starts_on = c.starts_on
),
-- who left the municipality was followed until the day before
followed AS (
    SELECT
        b.slice_kind,
        b.slice,
        e.month,
        b.place,
        CASE
            WHEN b.ends_on > e.last_day THEN e.last_day - b.starts_on
            WHEN b.reason = 'moved' THEN b.ends_on - b.starts_on - 1
            ELSE b.ends_on - b.starts_on
        END AS days,
        b.ends_on <= e.last_day AND b.reason <> 'moved' AS is_over,
        b.reason IN ('dead', 'institution') AS is_gone
    FROM begun AS b
    JOIN ends AS e
        ON b.starts_on <= e.last_day
        AND b.starts_on >= e.first_day - INTERVAL 23 MONTH
),
-- nobody is followed longer than is asked
by_place AS (
    SELECT
        slice_kind,
        slice,
        month,
        place,
        least(days, 366) AS days,
        count(*) AS cases,
        count(*) FILTER (WHERE is_over AND days <= 365 AND NOT is_gone) AS ended,
        count(*) FILTER (WHERE is_over AND days <= 365 AND is_gone) AS gone
    FROM followed
    GROUP BY slice_kind, slice, month, place, least(days, 366)
),
counted AS (
    SELECT
        b.slice_kind,
        b.slice,
        b.month,
        p.geography,
        p."grouping",
        p.unit,
        b.days,
        sum(b.cases)::bigint AS cases,
        sum(b.ended)::bigint AS ended,
        sum(b.gone)::bigint AS gone
    FROM by_place AS b
    JOIN in_place AS p ON p.place = b.place
    GROUP BY ALL
),
exposed AS (
    SELECT
        *,
        sum(cases) OVER (
            PARTITION BY slice_kind, slice, month, geography, "grouping", unit ORDER BY days DESC
        ) AS at_risk
    FROM counted
),
lasting AS (
    SELECT
        *,
        product(1 - (ended + gone) / at_risk) OVER (
            PARTITION BY slice_kind, slice, month, geography, "grouping", unit ORDER BY days
        ) AS remaining,
        coalesce(product(1 - (ended + gone) / at_risk) OVER (
            PARTITION BY slice_kind, slice, month, geography, "grouping", unit ORDER BY days
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 1) AS before
    FROM exposed
),
curves AS (
    SELECT
        slice_kind,
        slice,
        month,
        geography,
        "grouping",
        unit,
        days,
        cases,
        remaining,
        sum(before * ended / at_risk) OVER so_far AS ended,
        sum(before * gone / at_risk) OVER so_far AS gone
    FROM lasting
    WINDOW so_far AS (
        PARTITION BY slice_kind, slice, month, geography, "grouping", unit ORDER BY days
    )
),
cells AS (
    SELECT
        slice_kind,
        slice,
        month,
        geography,
        "grouping",
        unit,
        sum(cases) AS started,
        max(days) AS longest,
        min(remaining) AS left_over,
        [
            min(remaining) FILTER (WHERE days <= 14),
            min(remaining) FILTER (WHERE days <= 91),
            min(remaining) FILTER (WHERE days <= 180),
            min(remaining) FILTER (WHERE days <= 183),
            min(remaining) FILTER (WHERE days <= 365)
        ] AS in_use,
        [
            max(ended) FILTER (WHERE days <= 14),
            max(ended) FILTER (WHERE days <= 91),
            max(ended) FILTER (WHERE days <= 180),
            max(ended) FILTER (WHERE days <= 183),
            max(ended) FILTER (WHERE days <= 365)
        ] AS ended,
        [
            max(gone) FILTER (WHERE days <= 14),
            max(gone) FILTER (WHERE days <= 91),
            max(gone) FILTER (WHERE days <= 180),
            max(gone) FILTER (WHERE days <= 183),
            max(gone) FILTER (WHERE days <= 365)
        ] AS gone
    FROM curves
    GROUP BY ALL
),
read AS (
    SELECT
        * EXCLUDE (in_use, ended, gone),
        unnest([14, 91, 180, 183, 365]) AS after,
        unnest(in_use) AS in_use,
        unnest(ended) AS ended,
        unnest(gone) AS gone
    FROM cells
),
-- known where somebody was followed so long, or it had happened to all
known AS (
    SELECT
        *,
        unnest(['in_use', 'ended', 'gone']) AS what,
        unnest([coalesce(in_use, 1), coalesce(ended, 0), coalesce(gone, 0)]) AS share
    FROM read
    WHERE longest >= after OR left_over = 0
)
SELECT
    what || '_' || after || '_days' AS measure,
    slice_kind,
    slice,
    month,
    geography,
    "grouping",
    unit,
    round(share * 100, 6) AS value
FROM known
UNION ALL
SELECT 'started', slice_kind, slice, month, geography, "grouping", unit, started FROM cells
