-- builds on: homes
-- Where those settled whose home was split: the first of its parts that they lived in.
SELECT DISTINCT ON (a.recipient_id, p.home) a.recipient_id, p.home, p.settled
FROM homes AS a
JOIN parts AS p ON p.home = a.unit
JOIN homes AS b ON b.recipient_id = a.recipient_id AND b.unit = p.lived_in
ORDER BY a.recipient_id, p.home, b.starts_on
