-- Where a recipient lives, one unit at a time: the finest goes first, then the one begun last.
WITH fineness AS (
    SELECT code, max(CASE level WHEN 'part_district' THEN 2 WHEN 'district' THEN 1 ELSE 0 END) AS fine
    FROM units
    GROUP BY code
),
stays AS (
    SELECT
        r.recipient_id,
        r.unit,
        r.starts_on,
        coalesce(r.ends_on, DATE '9999-01-01') AS ends_on,
        coalesce(f.fine, -1) AS fine
    FROM residences AS r
    LEFT JOIN fineness AS f ON f.code = r.unit
    WHERE r.ends_on IS NULL OR r.starts_on < r.ends_on
),
bounds AS (
    SELECT recipient_id, starts_on AS day FROM stays
    UNION
    SELECT recipient_id, ends_on AS day FROM stays
),
pieces AS (
    SELECT
        recipient_id,
        day AS piece_from,
        lead(day) OVER (PARTITION BY recipient_id ORDER BY day) AS piece_to
    FROM bounds
),
chosen AS (
    SELECT DISTINCT ON (p.recipient_id, p.piece_from)
        p.recipient_id,
        p.piece_from AS starts_on,
        p.piece_to AS ends_on,
        s.unit
    FROM pieces AS p
    JOIN stays AS s
        ON s.recipient_id = p.recipient_id
        AND s.starts_on <= p.piece_from
        AND s.ends_on >= p.piece_to
    ORDER BY p.recipient_id, p.piece_from, s.fine DESC, s.starts_on DESC, s.unit
)
SELECT
    *,
    coalesce(
        lead(starts_on) OVER (PARTITION BY recipient_id ORDER BY starts_on), DATE '9999-01-01'
    ) AS followed_on
FROM chosen
