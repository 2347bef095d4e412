-- builds on: courses, valid_vedtak
-- Why courses ended: what is of the day goes first, then a vedtak's word, then what came soon after.
WITH ended AS (
    SELECT c.* FROM courses AS c JOIN reach AS r ON c.ends_on <= r.last_day
),
gone AS (
    SELECT recipient_id, min(died_on) AS died_on, min(moved_out_on) AS moved_out_on
    FROM recipients
    WHERE died_on IS NOT NULL OR moved_out_on IS NOT NULL
    GROUP BY recipient_id
),
long_stays AS (
    SELECT recipient_id, starts_on, coalesce(ends_on, DATE '9999-01-01') AS ends_on
    FROM stays
    WHERE kind = 'long' AND (ends_on IS NULL OR starts_on < ends_on)
    UNION ALL
    SELECT recipient_id, starts_on, ends_on FROM valid_vedtak WHERE service = 'LS'
),
admitted AS (
    SELECT e.recipient_id, e.slice_kind, e.slice, e.starts_on, min(s.starts_on) AS admitted_on
    FROM ended AS e
    JOIN long_stays AS s
        ON s.recipient_id = e.recipient_id
        AND s.starts_on > e.starts_on
        AND s.starts_on <= e.ends_on + 28
        AND s.ends_on > e.ends_on
    GROUP BY e.recipient_id, e.slice_kind, e.slice, e.starts_on
),
words AS (
    SELECT DISTINCT ON (e.recipient_id, e.slice_kind, e.slice, e.starts_on)
        e.recipient_id,
        e.slice_kind,
        e.slice,
        e.starts_on,
        v.end_reason AS word
    FROM ended AS e
    JOIN vedtak AS v
        ON v.recipient_id = e.recipient_id
        AND v.ends_on BETWEEN e.ends_on - 28 AND e.ends_on + 28
    JOIN members AS m
        ON m.service = v.service AND m.slice_kind = e.slice_kind AND m.slice = e.slice
    WHERE v.status = 'granted' AND v.end_reason IS NOT NULL
    ORDER BY e.recipient_id, e.slice_kind, e.slice, e.starts_on, v.ends_on DESC, v.vedtak_id
)
SELECT
    e.recipient_id,
    e.slice_kind,
    e.slice,
    e.starts_on,
    CASE
        WHEN g.died_on <= e.ends_on THEN 'dead'
        WHEN a.admitted_on <= e.ends_on THEN 'institution'
        WHEN g.moved_out_on <= e.ends_on THEN 'moved'
        WHEN w.word IS NOT NULL THEN w.word
        WHEN a.admitted_on IS NOT NULL THEN 'institution'
        WHEN g.died_on <= e.ends_on + 28 THEN 'dead'
        WHEN g.moved_out_on <= e.ends_on + 28 THEN 'moved'
        ELSE 'not_told'
    END AS reason
FROM ended AS e
LEFT JOIN gone AS g ON g.recipient_id = e.recipient_id
LEFT JOIN admitted AS a
    ON a.recipient_id = e.recipient_id
    AND a.slice_kind = e.slice_kind
    AND a.slice = e.slice
    AND a.starts_on = e.starts_on
LEFT JOIN words AS w
    ON w.recipient_id = e.recipient_id
    AND w.slice_kind = e.slice_kind
    AND w.slice = e.slice
    AND w.starts_on = e.starts_on
