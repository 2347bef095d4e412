-- Until when those are here who died or moved out.
SELECT recipient_id, least(coalesce(min(died_on), DATE '9999-01-01'), coalesce(min(moved_out_on), DATE '9999-01-01')) AS until
FROM recipients
WHERE died_on IS NOT NULL OR moved_out_on IS NOT NULL
GROUP BY recipient_id
