-- builds on: uses, courses, reasons, lived
-- Months are numbered: a course counts from the first month's end that it covers until the first it does not.
WITH months AS (
    SELECT month, last_day, year(last_day) * 12 + month(last_day) AS number FROM ends
),
pieces AS (
    SELECT
        c.recipient_id,
        c.slice_kind,
        c.slice,
        c.starts_on,
        l.place,
        year(greatest(c.starts_on, l.starts_on)) * 12 + month(greatest(c.starts_on, l.starts_on)) AS since,
        year(least(c.ends_on, l.ends_on)) * 12 + month(least(c.ends_on, l.ends_on)) AS until
    FROM courses AS c
    JOIN reach AS r ON c.starts_on <= r.last_day AND c.ends_on >= r.first_day
    JOIN lived AS l
        ON l.recipient_id = c.recipient_id
        AND l.starts_on < c.ends_on
        AND l.ends_on > c.starts_on
),
beside AS (
    SELECT
        *,
        lag(place) OVER of_person AS left_place,
        coalesce(lag(until) OVER of_person < since, true) AS is_first,
        coalesce(lead(since) OVER of_person > until, true) AS is_last
    FROM pieces
    WHERE since < until
    WINDOW of_person AS (PARTITION BY recipient_id, slice_kind, slice ORDER BY since)
),
changes AS (
    SELECT slice_kind, slice, place, since AS number, 1 AS step, is_first AS comes, false AS leaves
    FROM beside
    UNION ALL
    SELECT slice_kind, slice, place, until, -1, false, is_last FROM beside
),
states AS (
    SELECT
        slice_kind,
        slice,
        place,
        number AS since,
        lead(number) OVER w AS until,
        sum(sum(step)) OVER w AS users,
        count(*) FILTER (WHERE comes) AS new,
        count(*) FILTER (WHERE leaves) AS ended
    FROM changes
    GROUP BY slice_kind, slice, place, number
    WINDOW w AS (PARTITION BY slice_kind, slice, place ORDER BY number)
),
left_for AS (
    SELECT b.slice_kind, b.slice, m.month, b.place, w.reason, count(*) AS persons
    FROM beside AS b
    JOIN months AS m ON m.number = b.until
    JOIN reasons AS w
        ON w.recipient_id = b.recipient_id
        AND w.slice_kind = b.slice_kind
        AND w.slice = b.slice
        AND w.starts_on = b.starts_on
    WHERE b.is_last
    GROUP BY b.slice_kind, b.slice, m.month, b.place, w.reason
),
resting AS (
    SELECT u.slice_kind, u.slice, m.month, l.place, count(*) AS persons
    FROM uses AS u
    JOIN months AS m ON m.last_day >= u.reached AND m.last_day < u.starts_on
    JOIN lived AS l
        ON l.recipient_id = u.recipient_id
        AND l.starts_on <= m.last_day
        AND l.ends_on > m.last_day
    WHERE u.starts_on < u.reached + 28
    GROUP BY u.slice_kind, u.slice, m.month, l.place
),
counted AS (
    SELECT 'users' AS measure, s.slice_kind, s.slice, m.month, s.place, s.users AS value
    FROM states AS s
    JOIN months AS m ON m.number >= s.since AND m.number < s.until
    UNION ALL
    SELECT 'new', s.slice_kind, s.slice, m.month, s.place, s.new
    FROM states AS s JOIN months AS m ON m.number = s.since
    UNION ALL
    SELECT 'ended', s.slice_kind, s.slice, m.month, s.place, s.ended
    FROM states AS s JOIN months AS m ON m.number = s.since
    UNION ALL
    SELECT 'net', s.slice_kind, s.slice, m.month, s.place, s.new - s.ended
    FROM states AS s JOIN months AS m ON m.number = s.since
    UNION ALL
    SELECT 'ended_' || reason, slice_kind, slice, month, place, persons FROM left_for
    UNION ALL
    SELECT 'resting', slice_kind, slice, month, place, persons FROM resting
),
moves AS (
    SELECT b.slice_kind, b.slice, m.month, b.left_place, b.place, count(*) AS persons
    FROM beside AS b
    JOIN months AS m ON m.number = b.since
    WHERE NOT b.is_first AND b.left_place <> b.place
    GROUP BY b.slice_kind, b.slice, m.month, b.left_place, b.place
),
-- who moves within a unit has neither come to it nor left it
placed AS (
    SELECT c.measure, c.slice_kind, c.slice, c.month, p.geography, p."grouping", p.unit, c.value
    FROM counted AS c
    JOIN in_place AS p ON p.place = c.place
    UNION ALL
    SELECT 'moved_in', m.slice_kind, m.slice, m.month, p.geography, p."grouping", p.unit, m.persons
    FROM moves AS m
    JOIN in_place AS p ON p.place = m.place
    ANTI JOIN in_place AS q
        ON q.place = m.left_place
        AND q.geography = p.geography
        AND q."grouping" = p."grouping"
        AND q.unit = p.unit
    UNION ALL
    SELECT 'moved_out', m.slice_kind, m.slice, m.month, p.geography, p."grouping", p.unit, m.persons
    FROM moves AS m
    JOIN in_place AS p ON p.place = m.left_place
    ANTI JOIN in_place AS q
        ON q.place = m.place
        AND q.geography = p.geography
        AND q."grouping" = p."grouping"
        AND q.unit = p.unit
)
SELECT measure, slice_kind, slice, month, geography, "grouping", unit, sum(value)::bigint AS value
FROM placed
GROUP BY measure, slice_kind, slice, month, geography, "grouping", unit
HAVING sum(value) <> 0
