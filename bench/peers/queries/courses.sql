-- builds on: uses
-- Use that goes on with rests of fewer than 28 days.
WITH counted AS (
    SELECT
        *,
        sum(CASE WHEN starts_on < reached + 28 THEN 0 ELSE 1 END) OVER (
            PARTITION BY recipient_id, slice_kind, slice ORDER BY starts_on
        ) AS course
    FROM uses
)
SELECT recipient_id, slice_kind, slice, min(starts_on) AS starts_on, max(ends_on) AS ends_on
FROM counted
GROUP BY recipient_id, slice_kind, slice, course
