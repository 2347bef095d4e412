-- builds on: lived
-- Who has more than one place in a month: she may be in several units, and counts once in each.
SELECT DISTINCT l.recipient_id, e.month
FROM lived AS l
JOIN ends AS e ON l.starts_on > e.first_day AND l.starts_on <= e.last_day
