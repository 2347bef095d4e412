-- builds on: placed_responses
-- Seconds within which half, and nine in ten, of the answered cases were answered; who called.
WITH monthly AS (
    SELECT
        recipient_id,
        mover,
        service,
        month,
        place,
        sum(cases) AS cases,
        coalesce(sum(cases) FILTER (WHERE answered_after IS NOT NULL), 0) AS answered
    FROM placed_responses
    GROUP BY recipient_id, mover, service, month, place
),
persons AS (
    SELECT
        s.slice_kind,
        s.slice,
        m.month,
        m.recipient_id,
        m.mover,
        m.place,
        sum(m.cases) AS cases,
        sum(m.answered) AS answered
    FROM monthly AS m
    JOIN members_or_none AS s ON s.service = m.service
    GROUP BY s.slice_kind, s.slice, m.month, m.recipient_id, m.mover, m.place
),
-- counting recipients leaves out those whom nobody knows; their cases are there
by_place AS (
    SELECT
        slice_kind,
        slice,
        month,
        place,
        mover,
        count(recipient_id) AS with_case,
        count(recipient_id) FILTER (WHERE answered > 0) AS with_answer,
        sum(cases) AS cases,
        sum(answered) AS answered
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
        CASE WHEN b.mover IS NULL THEN sum(b.with_case) ELSE 1 END AS with_case,
        CASE WHEN b.mover IS NULL THEN sum(b.with_answer) ELSE max(b.with_answer) END AS with_answer,
        sum(b.cases) AS cases,
        sum(b.answered) AS answered
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
        sum(with_case)::bigint AS with_case,
        sum(with_answer)::bigint AS with_answer,
        sum(cases)::bigint AS cases,
        sum(answered)::bigint AS answered
    FROM by_unit
    GROUP BY slice_kind, slice, month, geography, "grouping", unit
),
counted AS (
    UNPIVOT totals ON with_case, with_answer, cases, answered INTO NAME measure VALUE value
),
-- numbers stand for what slices and units are called, since a case counts in many of them
slices AS (
    SELECT *, dense_rank() OVER (ORDER BY slice_kind, slice) AS slice_id FROM members_or_none
),
units_of AS (
    SELECT *, dense_rank() OVER (ORDER BY geography, "grouping", unit) AS unit_id FROM in_place
),
answered AS (
    SELECT service, month, place, answered_after::integer AS seconds, unnest(range(cases))
    FROM placed_responses
    WHERE answered_after IS NOT NULL
),
-- exact: DuckDB places decimals among so many by whole numbers
quantiles AS (
    SELECT
        s.slice_id,
        a.month,
        u.unit_id,
        quantile_disc(a.seconds, [0.5, 0.9]) AS seconds
    FROM answered AS a
    JOIN slices AS s ON s.service = a.service
    JOIN units_of AS u ON u.place = a.place
    GROUP BY s.slice_id, a.month, u.unit_id
),
least_seconds AS (
    SELECT
        s.slice_kind,
        s.slice,
        q.month,
        u.geography,
        u."grouping",
        u.unit,
        q.seconds[1] AS p50,
        q.seconds[2] AS p90
    FROM quantiles AS q
    JOIN (SELECT DISTINCT slice_id, slice_kind, slice FROM slices) AS s ON s.slice_id = q.slice_id
    JOIN (SELECT DISTINCT unit_id, geography, "grouping", unit FROM units_of) AS u
        ON u.unit_id = q.unit_id
),
told AS (
    UNPIVOT least_seconds ON p50, p90 INTO NAME measure VALUE value
)
SELECT * FROM counted WHERE value <> 0
UNION ALL
SELECT * FROM told
