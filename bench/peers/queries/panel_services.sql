-- builds on: spells
WITH within AS (
    SELECT
        s.recipient_id,
        s.service,
        k.week,
        s.vedtak,
        s.device,
        least(s.ends_on, k.week_ends_on) - greatest(s.starts_on, k.week) AS days
    FROM spells AS s
    JOIN weeks AS k ON s.starts_on < k.week_ends_on AND s.ends_on > k.week
),
weekly AS (
    SELECT
        recipient_id,
        service,
        week,
        coalesce(sum(days) FILTER (WHERE vedtak), 0)::bigint AS vedtak_days,
        coalesce(sum(days) FILTER (WHERE device), 0)::bigint AS device_days,
        coalesce(sum(days) FILTER (WHERE vedtak AND device), 0)::bigint AS both_days
    FROM within
    GROUP BY recipient_id, service, week
)
SELECT w.recipient_id, w.service, k.month, w.week, w.vedtak_days, w.device_days, w.both_days
FROM weekly AS w
JOIN weeks AS k ON k.week = w.week
