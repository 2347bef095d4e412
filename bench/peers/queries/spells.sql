-- builds on: valid_vedtak, working_devices
-- When a recipient has a vedtak for a service, and when her equipment works, without overlaps.
WITH laid AS (
    SELECT recipient_id, service, starts_on AS day, 1 AS vedtak, 0 AS device FROM valid_vedtak
    UNION ALL
    SELECT recipient_id, service, ends_on, -1, 0 FROM valid_vedtak
    UNION ALL
    SELECT recipient_id, service, starts_on, 0, 1 FROM working_devices
    UNION ALL
    SELECT recipient_id, service, ends_on, 0, -1 FROM working_devices
),
states AS (
    SELECT
        recipient_id,
        service,
        day AS starts_on,
        lead(day) OVER w AS ends_on,
        sum(sum(vedtak)) OVER w > 0 AS vedtak,
        sum(sum(device)) OVER w > 0 AS device
    FROM laid
    GROUP BY recipient_id, service, day
    WINDOW w AS (PARTITION BY recipient_id, service ORDER BY day)
)
SELECT * FROM states WHERE vedtak OR device
