-- builds on: holders
WITH cases AS (
    SELECT
        r.source,
        r.response_id,
        coalesce(r.recipient_id, h.recipient_id) AS recipient_id,
        h.service,
        r.local_date,
        r.local_minute,
        r.received_at,
        r.answered_at,
        coalesce(r.outcome, '') AS outcome,
        coalesce(r.outcome, '') NOT IN ('test', 'technical') AS is_real,
        coalesce(r.outcome = 'clarified', false) AND r.dispatched_at IS NULL AS clarified,
        greatest(coalesce(r.closed_at, r.answered_at, r.received_at), r.received_at) AS ended_at
    FROM responses AS r
    LEFT JOIN holders AS h
        ON h.device_id = r.device_id
        AND r.local_date >= h.starts_on
        AND r.local_date < h.ends_on
),
-- what comes next of the recipient's own is the first that may come too soon
followed AS (
    SELECT
        c.source,
        c.response_id,
        min(n.received_at) <= max(c.ended_at) + INTERVAL 60 MINUTE AS repeated
    FROM cases AS c
    ASOF JOIN (SELECT recipient_id, received_at FROM cases WHERE is_real) AS n
        ON n.recipient_id = c.recipient_id
        AND n.received_at > c.ended_at
    WHERE c.clarified
    GROUP BY c.source, c.response_id
),
known AS (
    SELECT
        c.*,
        greatest(date_trunc('week', c.local_date), date_trunc('month', c.local_date))::date AS week,
        CASE
            WHEN c.local_minute >= 1320 OR c.local_minute < 420 THEN 'night'
            WHEN c.local_minute >= 900 THEN 'evening'
            ELSE 'day'
        END AS day_part,
        CASE WHEN c.is_real
            THEN (epoch(date_trunc('second', c.answered_at)) - epoch(date_trunc('second', c.received_at)))::bigint
        END AS answered_after,
        coalesce(f.repeated, false) AS repeated
    FROM cases AS c
    LEFT JOIN followed AS f ON f.source = c.source AND f.response_id = c.response_id
)
SELECT
    c.recipient_id,
    c.service,
    k.month,
    k.week,
    c.day_part,
    c.answered_after,
    count(*) FILTER (WHERE c.is_real) AS cases,
    count(*) FILTER (WHERE c.clarified AND NOT c.repeated) AS clarified,
    count(*) FILTER (WHERE c.clarified AND c.repeated) AS repeated,
    count(*) FILTER (WHERE c.outcome = '') AS undocumented,
    count(*) FILTER (WHERE c.outcome = 'test') AS tests,
    count(*) FILTER (WHERE c.outcome = 'technical') AS technical
FROM known AS c
JOIN weeks AS k ON k.week = c.week
GROUP BY c.recipient_id, c.service, k.month, k.week, c.day_part, c.answered_after
