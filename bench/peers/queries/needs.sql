-- What the newest assessment says of somebody's need: the greater of a day's, for 18 months at most.
WITH daily AS (
    SELECT
        recipient_id,
        assessed_on,
        max(CASE need_group WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END) AS grade
    FROM assessments
    WHERE need_group IN ('low', 'medium', 'high')
    GROUP BY recipient_id, assessed_on
)
SELECT
    recipient_id,
    assessed_on AS starts_on,
    least(
        coalesce(
            lead(assessed_on) OVER (PARTITION BY recipient_id ORDER BY assessed_on), DATE '9999-01-01'
        ),
        (assessed_on + INTERVAL 18 MONTH)::date
    ) AS ends_on,
    CASE grade WHEN 3 THEN 'high' WHEN 2 THEN 'medium' ELSE 'low' END AS need
FROM daily
