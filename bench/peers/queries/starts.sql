-- builds on: spells
-- The first day with both vedtak and device of a technology that somebody had on none of 365 days before.
WITH used AS (
    SELECT s.recipient_id, s.service, s.starts_on, s.ends_on + 364 AS covers_until
    FROM spells AS s
    JOIN technology AS t ON t.service = s.service
    WHERE s.vedtak AND s.device
),
reached AS (
    SELECT
        *,
        max(covers_until) OVER (
            PARTITION BY recipient_id, service
            ORDER BY starts_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS covered
    FROM used
)
SELECT DISTINCT recipient_id, starts_on AS started_on
FROM reached
WHERE covered IS NULL OR covered < starts_on
