-- builds on: placed_responses
-- Cases of those whom somebody knows, and what became of them.
WITH monthly AS (
    SELECT
        recipient_id,
        mover,
        service,
        month,
        place,
        sum(cases - undocumented) AS cases,
        sum(clarified) AS clarified,
        sum(repeated) AS repeated,
        sum(undocumented) AS undocumented
    FROM placed_responses
    WHERE recipient_id IS NOT NULL
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
        sum(m.clarified) AS clarified,
        sum(m.repeated) AS repeated,
        sum(m.undocumented) AS undocumented
    FROM monthly AS m
    JOIN members_or_none AS s ON s.service = m.service
    GROUP BY s.slice_kind, s.slice, m.month, m.recipient_id, m.mover, m.place
),
by_place AS (
    SELECT
        slice_kind,
        slice,
        month,
        place,
        mover,
        count(*) FILTER (WHERE cases > 0) AS with_case,
        count(*) FILTER (WHERE clarified > 0) AS with_clarified,
        count(*) FILTER (WHERE repeated > 0) AS with_repeated,
        count(*) FILTER (WHERE undocumented > 0) AS with_undocumented,
        sum(cases) AS cases,
        sum(clarified) AS clarified,
        sum(repeated) AS repeated,
        sum(undocumented) AS undocumented
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
        CASE WHEN b.mover IS NULL THEN sum(b.with_case) ELSE max(b.with_case) END AS with_case,
        CASE WHEN b.mover IS NULL THEN sum(b.with_clarified) ELSE max(b.with_clarified) END AS with_clarified,
        CASE WHEN b.mover IS NULL THEN sum(b.with_repeated) ELSE max(b.with_repeated) END AS with_repeated,
        CASE WHEN b.mover IS NULL THEN sum(b.with_undocumented) ELSE max(b.with_undocumented) END AS with_undocumented,
        sum(b.cases) AS cases,
        sum(b.clarified) AS clarified,
        sum(b.repeated) AS repeated,
        sum(b.undocumented) AS undocumented
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
        sum(with_clarified)::bigint AS with_clarified,
        sum(with_repeated)::bigint AS with_repeated,
        sum(with_undocumented)::bigint AS with_undocumented,
        sum(cases)::bigint AS cases,
        sum(clarified)::bigint AS clarified,
        sum(repeated)::bigint AS repeated,
        sum(undocumented)::bigint AS undocumented
    FROM by_unit
    GROUP BY slice_kind, slice, month, geography, "grouping", unit
),
measured AS (
    UNPIVOT totals
    ON with_case, with_clarified, with_repeated, with_undocumented, cases, clarified, repeated, undocumented
    INTO NAME measure VALUE value
)
SELECT * FROM measured WHERE value <> 0
