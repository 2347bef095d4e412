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
-- as many rows as there are different waits, not cases
waits AS (
    SELECT service, month, place, answered_after, sum(cases) AS cases
    FROM placed_responses
    WHERE answered_after IS NOT NULL
    GROUP BY service, month, place, answered_after
),
in_slices AS (
    SELECT s.slice_kind, s.slice, w.month, w.place, w.answered_after, sum(w.cases) AS cases
    FROM waits AS w
    JOIN members_or_none AS s ON s.service = w.service
    GROUP BY s.slice_kind, s.slice, w.month, w.place, w.answered_after
),
in_units AS (
    SELECT
        w.slice_kind,
        w.slice,
        w.month,
        p.geography,
        p."grouping",
        p.unit,
        w.answered_after,
        sum(w.cases) AS cases
    FROM in_slices AS w
    JOIN in_place AS p ON p.place = w.place
    GROUP BY w.slice_kind, w.slice, w.month, p.geography, p."grouping", p.unit, w.answered_after
),
ranked AS (
    SELECT
        * EXCLUDE (cases),
        sum(cases) OVER (w ORDER BY answered_after) AS within,
        sum(cases) OVER w AS every
    FROM in_units
    WINDOW w AS (PARTITION BY slice_kind, slice, month, geography, "grouping", unit)
),
least_seconds AS (
    SELECT
        slice_kind,
        slice,
        month,
        geography,
        "grouping",
        unit,
        min(answered_after) FILTER (WHERE within * 10 >= every * 5) AS p50,
        min(answered_after) FILTER (WHERE within * 10 >= every * 9) AS p90
    FROM ranked
    GROUP BY slice_kind, slice, month, geography, "grouping", unit
),
told AS (
    UNPIVOT least_seconds ON p50, p90 INTO NAME measure VALUE value
)
SELECT * FROM counted WHERE value <> 0
UNION ALL
SELECT * FROM told
