-- builds on: spells
-- Use of technology in every slice that it counts in, and until when use from before it reached.
SELECT
    s.recipient_id,
    m.slice_kind,
    m.slice,
    s.starts_on,
    s.ends_on,
    max(s.ends_on) OVER (
        PARTITION BY s.recipient_id, m.slice_kind, m.slice
        ORDER BY s.starts_on
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
FROM spells AS s
JOIN members AS m ON m.service = s.service
WHERE s.vedtak AND s.device
