-- builds on: homes, settlings
-- The place of everybody on all days, one at a time (in_place says what it counts in).
WITH known AS (
    SELECT recipient_id, unit AS home, starts_on, ends_on FROM homes
),
-- days before, between and after those that a home is known of
bounded AS (
    SELECT recipient_id, starts_on, ends_on FROM homes
    UNION ALL
    SELECT DISTINCT recipient_id, DATE '1900-01-01', DATE '1900-01-01' FROM recipients
),
gaps AS (
    SELECT
        recipient_id,
        '' AS home,
        ends_on AS starts_on,
        coalesce(lead(starts_on) OVER (PARTITION BY recipient_id ORDER BY starts_on), DATE '9999-01-01') AS ends_on
    FROM bounded
),
stays AS (
    SELECT * FROM known
    UNION ALL
    SELECT * FROM gaps WHERE starts_on < ends_on
)
SELECT
    s.recipient_id,
    greatest(s.starts_on, e.starts_on) AS starts_on,
    least(s.ends_on, e.ends_on) AS ends_on,
    e.place
FROM stays AS s
LEFT JOIN settlings AS t ON t.recipient_id = s.recipient_id AND t.home = s.home
JOIN eras AS e
    ON e.home = s.home
    AND e.settled = coalesce(t.settled, '')
    AND e.starts_on < s.ends_on
    AND e.ends_on > s.starts_on
