-- builds on: here
-- When each granted vedtak is valid: not paused, and the recipient here. One that rested has several rows.
WITH granted AS (
    SELECT vedtak_id, recipient_id, service, hours_per_week, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM vedtak
    WHERE status = 'granted' AND (ends_on IS NULL OR starts_on < ends_on)
),
rests AS (
    SELECT vedtak_id, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM vedtak_pauses
    WHERE ends_on IS NULL OR starts_on < ends_on
),
-- of those that rest now and then: one more where they hold, one more where they rest
steps AS (
    SELECT vedtak_id, starts_on AS day, 1 AS holds, 0 AS rests
    FROM granted WHERE vedtak_id IN (SELECT vedtak_id FROM rests)
    UNION ALL
    SELECT vedtak_id, ends_on, -1, 0 FROM granted WHERE vedtak_id IN (SELECT vedtak_id FROM rests)
    UNION ALL
    SELECT vedtak_id, starts_on, 0, 1 FROM rests
    UNION ALL
    SELECT vedtak_id, ends_on, 0, -1 FROM rests
),
stretches AS (
    SELECT
        vedtak_id,
        day AS starts_on,
        lead(day) OVER w AS ends_on,
        sum(sum(holds)) OVER w AS holds,
        sum(sum(rests)) OVER w AS rests
    FROM steps
    GROUP BY vedtak_id, day
    WINDOW w AS (PARTITION BY vedtak_id ORDER BY day)
),
valid AS (
    SELECT g.vedtak_id, g.recipient_id, g.service, g.hours_per_week, s.starts_on, s.ends_on
    FROM stretches AS s
    JOIN granted AS g ON g.vedtak_id = s.vedtak_id
    WHERE s.holds > 0 AND s.rests = 0
    UNION ALL
    SELECT vedtak_id, recipient_id, service, hours_per_week, starts_on, ends_on FROM granted
    WHERE vedtak_id NOT IN (SELECT vedtak_id FROM rests)
)
SELECT
    v.vedtak_id,
    v.recipient_id,
    v.service,
    v.hours_per_week,
    v.starts_on,
    least(v.ends_on, coalesce(h.until, v.ends_on)) AS ends_on
FROM valid AS v
LEFT JOIN here AS h ON h.recipient_id = v.recipient_id
WHERE h.until IS NULL OR v.starts_on < h.until
