-- builds on: homes
WITH weekly AS (
    SELECT
        recipient_id,
        greatest(date_trunc('week', local_date), date_trunc('month', local_date))::date AS week,
        CASE
            WHEN local_minute >= 1320 OR local_minute < 420 THEN 2
            WHEN local_minute >= 900 THEN 1
            ELSE 0
        END AS part,
        count(*) FILTER (WHERE status = 'executed') AS visits,
        sum(minutes) FILTER (WHERE status = 'executed') AS minutes,
        count(*) FILTER (
            WHERE status = 'executed' AND extract(isodow FROM local_date) >= 6
        ) AS weekend_visits,
        sum(minutes) FILTER (
            WHERE status = 'executed' AND extract(isodow FROM local_date) >= 6
        ) AS weekend_minutes,
        sum(planned_minutes) AS planned_minutes,
        sum(travel_minutes) AS travel_minutes,
        count(*) FILTER (WHERE status = 'executed' AND NOT planned) AS unplanned,
        count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
        count(*) FILTER (WHERE status = 'not_home') AS not_home,
        count(*) FILTER (WHERE status = 'executed' AND minutes IS NULL) AS without_minutes
    FROM visits
    GROUP BY 1, 2, 3
)
SELECT
    w.recipient_id,
    w.week,
    k.month,
    CASE w.part WHEN 0 THEN 'day' WHEN 1 THEN 'evening' ELSE 'night' END AS day_part,
    h.unit,
    w.visits,
    CASE WHEN w.visits = 0 THEN 0 ELSE w.minutes END::bigint AS minutes,
    w.weekend_visits,
    CASE WHEN w.weekend_visits = 0 THEN 0 ELSE w.weekend_minutes END::bigint AS weekend_minutes,
    w.planned_minutes::bigint AS planned_minutes,
    w.travel_minutes::bigint AS travel_minutes,
    w.unplanned,
    w.cancelled,
    w.not_home,
    w.without_minutes
FROM weekly AS w
JOIN weeks AS k ON k.week = w.week
LEFT JOIN homes AS h
    ON h.recipient_id = w.recipient_id
    AND h.starts_on < k.week_ends_on
    AND h.ends_on > k.week
    AND h.followed_on >= k.week_ends_on
