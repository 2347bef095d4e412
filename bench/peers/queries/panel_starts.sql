-- builds on: starts
WITH judged AS (
    SELECT s.recipient_id, s.started_on, e.month
    FROM starts AS s
    JOIN ends AS e ON s.started_on + 60 BETWEEN e.first_day AND e.last_day
),
near AS (
    SELECT
        j.recipient_id,
        j.started_on,
        v.local_date < j.started_on AS is_before,
        v.local_date >= j.started_on + 33 AS is_after,
        coalesce(v.minutes, 0) AS minutes
    FROM judged AS j
    JOIN visits AS v
        ON v.recipient_id = j.recipient_id
        AND v.local_date >= j.started_on - 28
        AND v.local_date <= j.started_on + 60
    WHERE v.status = 'executed'
),
counted AS (
    SELECT
        recipient_id,
        started_on,
        count(*) FILTER (WHERE is_before) AS visits_before,
        count(*) FILTER (WHERE is_after) AS visits_after,
        sum(minutes) FILTER (WHERE is_before) AS minutes_before,
        sum(minutes) FILTER (WHERE is_after) AS minutes_after
    FROM near
    GROUP BY recipient_id, started_on
)
SELECT
    j.recipient_id,
    j.started_on,
    j.month,
    coalesce(c.visits_before, 0) AS visits_before,
    coalesce(c.visits_after, 0) AS visits_after,
    coalesce(c.minutes_before, 0)::bigint AS minutes_before,
    coalesce(c.minutes_after, 0)::bigint AS minutes_after
FROM judged AS j
LEFT JOIN counted AS c ON c.recipient_id = j.recipient_id AND c.started_on = j.started_on
