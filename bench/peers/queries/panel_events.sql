-- builds on: holders
WITH counted AS (
    SELECT
        h.recipient_id,
        h.service,
        e.local_date,
        greatest(date_trunc('week', e.local_date), date_trunc('month', e.local_date))::date AS week,
        CASE
            WHEN e.test THEN 0
            WHEN e.technical THEN 1
            WHEN e.vocabulary = 'alert' AND e.code IN ('1.1', '1.2') THEN 2
            WHEN e.vocabulary = 'alert' THEN 3
            WHEN e.vocabulary = 'dispense' AND e.code IN ('1', '1.1', '1.2', '1.3') THEN 4
            WHEN e.vocabulary = 'measurement' THEN 5
            ELSE 6
        END AS kind
    FROM device_events AS e
    LEFT JOIN holders AS h
        ON h.device_id = e.device_id
        AND e.local_date >= h.starts_on
        AND e.local_date < h.ends_on
),
weekly AS (
    SELECT
        recipient_id,
        service,
        week,
        count(*) FILTER (WHERE kind = 0) AS tests,
        count(*) FILTER (WHERE kind = 1) AS technical,
        count(*) FILTER (WHERE kind = 4) AS doses_dispensed,
        count(*) FILTER (WHERE kind = 2) AS doses_missed,
        count(*) FILTER (WHERE kind = 3) AS alarms,
        count(*) FILTER (WHERE kind = 5) AS measurements,
        count(*) FILTER (WHERE kind = 6) AS other,
        min(local_date) FILTER (WHERE kind <> 1) AS first_on
    FROM counted
    GROUP BY recipient_id, service, week
)
SELECT
    w.recipient_id,
    w.service,
    k.month,
    w.week,
    w.tests,
    w.technical,
    w.doses_dispensed,
    w.doses_missed,
    w.alarms,
    w.measurements,
    w.other,
    w.first_on
FROM weekly AS w
JOIN weeks AS k ON k.week = w.week
