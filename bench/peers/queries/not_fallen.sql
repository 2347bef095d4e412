-- builds on: uses, home_care_vedtak, lived
-- Starts by what became of visits and granted time; the first reason not to judge one goes first.
WITH begun AS (
    SELECT
        s.recipient_id,
        s.started_on,
        s.started_on + 60 AS judged_on,
        s.visits_before,
        s.visits_after,
        l.place
    FROM panel_starts AS s
    JOIN reach AS r ON s.started_on - 28 >= r.since
    JOIN lived AS l
        ON l.recipient_id = s.recipient_id
        AND l.starts_on <= s.started_on
        AND l.ends_on > s.started_on
),
gone AS (
    SELECT b.recipient_id, b.started_on
    FROM begun AS b
    JOIN recipients AS p ON p.recipient_id = b.recipient_id
    WHERE p.died_on <= b.judged_on OR p.moved_out_on <= b.judged_on
),
trained AS (
    SELECT b.recipient_id, b.started_on
    FROM begun AS b
    JOIN reablement AS t ON t.recipient_id = b.recipient_id
    WHERE t.starts_on < coalesce(t.ends_on, DATE '9999-01-01')
        AND t.starts_on <= b.started_on + 60
        AND coalesce(t.ends_on, DATE '9999-01-01') > b.started_on - 28
),
absences AS (
    SELECT recipient_id, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM stays
    UNION ALL
    SELECT recipient_id, starts_on, ends_on FROM valid_vedtak WHERE service IN ('LS', 'SS')
    UNION ALL
    SELECT v.recipient_id, p.starts_on, coalesce(p.ends_on, DATE '9999-01-01')
    FROM vedtak_pauses AS p
    JOIN vedtak AS v ON v.vedtak_id = p.vedtak_id
    JOIN home_care AS h ON h.service = v.service
),
away AS (
    SELECT b.recipient_id, b.started_on
    FROM begun AS b
    JOIN absences AS a ON a.recipient_id = b.recipient_id
    WHERE a.starts_on < a.ends_on
        AND (
            (a.starts_on < b.started_on AND a.ends_on > b.started_on - 28)
            OR (a.starts_on <= b.started_on + 60 AND a.ends_on > b.started_on + 33)
        )
),
-- null where a vedtak that is valid that day has no hours
granted AS (
    SELECT
        b.recipient_id,
        b.started_on,
        CASE WHEN bool_and(v.minutes IS NOT NULL) FILTER (WHERE v.starts_on < b.started_on)
            THEN sum(v.minutes) FILTER (WHERE v.starts_on < b.started_on)
        END AS minutes_before,
        CASE WHEN coalesce(bool_and(v.minutes IS NOT NULL) FILTER (WHERE v.ends_on > b.judged_on), true)
            THEN coalesce(sum(v.minutes) FILTER (WHERE v.ends_on > b.judged_on), 0)
        END AS minutes_after
    FROM begun AS b
    JOIN home_care_vedtak AS v
        ON v.recipient_id = b.recipient_id
        AND v.starts_on <= b.judged_on
        AND v.ends_on > b.started_on - 1
    GROUP BY b.recipient_id, b.started_on
),
seen AS (
    SELECT
        b.*,
        CASE
            WHEN (b.recipient_id, b.started_on) IN (SELECT recipient_id, started_on FROM gone) THEN 'gone'
            WHEN (b.recipient_id, b.started_on) IN (SELECT recipient_id, started_on FROM trained) THEN 'in_reablement'
            WHEN (b.recipient_id, b.started_on) IN (SELECT recipient_id, started_on FROM away) THEN 'away'
            WHEN b.visits_before = 0 THEN 'not_visited'
            ELSE 'judged'
        END AS outcome,
        b.visits_after >= b.visits_before AS as_many,
        g.minutes_before > 0 AND g.minutes_after IS NOT NULL AS is_told,
        g.minutes_after >= g.minutes_before AS as_much
    FROM begun AS b
    LEFT JOIN granted AS g ON g.recipient_id = b.recipient_id AND g.started_on = b.started_on
),
-- new in a slice: had nothing in it for a year
by_month AS (
    SELECT
        u.slice_kind,
        u.slice,
        date_trunc('month', s.judged_on)::date AS judged_in,
        s.place,
        count(*) AS starters,
        count(*) FILTER (WHERE s.outcome = 'gone') AS gone,
        count(*) FILTER (WHERE s.outcome = 'in_reablement') AS in_reablement,
        count(*) FILTER (WHERE s.outcome = 'away') AS away,
        count(*) FILTER (WHERE s.outcome = 'not_visited') AS not_visited,
        count(*) FILTER (WHERE s.outcome = 'judged') AS judged,
        count(*) FILTER (WHERE s.outcome = 'judged' AND s.as_many) AS visits_not_fallen,
        count(*) FILTER (WHERE s.outcome = 'judged' AND s.is_told) AS hours_judged,
        count(*) FILTER (WHERE s.outcome = 'judged' AND s.is_told AND s.as_much) AS hours_not_fallen,
        count(*) FILTER (WHERE s.outcome = 'judged' AND s.is_told AND s.as_much AND s.as_many) AS neither_fallen
    FROM seen AS s
    JOIN (
        SELECT DISTINCT recipient_id, slice_kind, slice, starts_on
        FROM uses
        WHERE reached IS NULL OR reached + 365 <= starts_on
    ) AS u
        ON u.recipient_id = s.recipient_id AND u.starts_on = s.started_on
    GROUP BY u.slice_kind, u.slice, date_trunc('month', s.judged_on), s.place
),
counted AS (
    UNPIVOT by_month
    ON COLUMNS(* EXCLUDE (slice_kind, slice, judged_in, place))
    INTO NAME measure VALUE cases
),
of_year AS (
    SELECT c.measure, c.slice_kind, c.slice, e.month, c.place, sum(c.cases) AS cases
    FROM counted AS c
    JOIN ends AS e ON c.judged_in <= e.first_day AND c.judged_in > e.first_day - INTERVAL 12 MONTH
    WHERE c.cases > 0
    GROUP BY c.measure, c.slice_kind, c.slice, e.month, c.place
)
SELECT
    y.measure,
    y.slice_kind,
    y.slice,
    y.month,
    p.geography,
    p."grouping",
    p.unit,
    sum(y.cases)::bigint AS value
FROM of_year AS y
JOIN in_place AS p ON p.place = y.place
GROUP BY y.measure, y.slice_kind, y.slice, y.month, p.geography, p."grouping", p.unit
