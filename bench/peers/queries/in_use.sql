-- builds on: spells
-- Who has both a vedtak and a device that works at a month's end, by technology.
SELECT s.recipient_id, s.service, e.month, e.last_day
FROM spells AS s
JOIN technology AS t ON t.service = s.service
JOIN ends AS e ON s.starts_on <= e.last_day AND s.ends_on > e.last_day
WHERE s.vedtak AND s.device
