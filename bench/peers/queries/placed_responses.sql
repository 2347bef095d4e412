-- builds on: lived, movers
-- Real cases, each where the recipient lived on the week's first day; in no place where nobody knows her.
SELECT
    r.recipient_id,
    m.recipient_id AS mover,
    coalesce(r.service, '') AS service,
    r.month,
    coalesce(l.place, 0) AS place,
    r.day_part,
    r.answered_after,
    r.cases,
    r.clarified,
    r.repeated,
    r.undocumented
FROM panel_responses AS r
LEFT JOIN lived AS l
    ON l.recipient_id = r.recipient_id
    AND l.starts_on <= r.week
    AND l.ends_on > r.week
LEFT JOIN movers AS m ON m.recipient_id = r.recipient_id AND m.month = r.month
WHERE r.cases > 0
