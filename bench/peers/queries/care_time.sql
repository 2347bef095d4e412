-- builds on: lived, home_care_vedtak, spells
-- Who had home care on a day of the month, counted where she lived on the last such day, with the
-- visits and the time of the whole month; with technology and, what is left of all, without.
WITH cared_for AS (
    SELECT v.recipient_id, e.month, max(least(v.ends_on - 1, e.last_day)) AS day
    FROM home_care_vedtak AS v
    JOIN ends AS e ON v.starts_on <= e.last_day AND v.ends_on > e.first_day
    GROUP BY v.recipient_id, e.month
),
visited AS (
    SELECT
        recipient_id,
        month,
        sum(visits) AS visits,
        coalesce(sum(minutes), 0) AS minutes,
        sum(travel_minutes) AS travel,
        sum(without_minutes) AS untimed
    FROM panel_visits
    GROUP BY recipient_id, month
),
amounts AS (
    SELECT
        c.recipient_id,
        c.month,
        l.place,
        coalesce(v.visits, 0) AS visits,
        coalesce(v.minutes, 0) AS minutes,
        coalesce(v.untimed, 0) AS untimed_visits,
        -- travel is told of where some is registered, or nobody came
        v.travel IS NOT NULL OR coalesce(v.visits, 0) = 0 AS travel_told,
        coalesce(v.minutes, 0) + coalesce(v.travel, 0) AS minutes_with_travel
    FROM cared_for AS c
    JOIN lived AS l
        ON l.recipient_id = c.recipient_id
        AND l.starts_on <= c.day
        AND l.ends_on > c.day
    LEFT JOIN visited AS v ON v.recipient_id = c.recipient_id AND v.month = c.month
),
users AS (
    SELECT DISTINCT s.recipient_id, e.month, m.slice_kind, m.slice
    FROM spells AS s
    JOIN ends AS e ON s.starts_on <= e.last_day AND s.ends_on > e.first_day
    JOIN members AS m ON m.service = s.service
    WHERE s.vedtak AND s.device
),
having_it AS (
    SELECT
        u.slice_kind,
        u.slice,
        a.month,
        a.place,
        count(*) AS recipients,
        sum(a.visits) AS visits,
        sum(a.minutes) AS minutes,
        sum(a.untimed_visits) AS untimed_visits,
        count(*) FILTER (WHERE a.travel_told) AS travel_told,
        coalesce(sum(a.minutes_with_travel) FILTER (WHERE a.travel_told), 0) AS minutes_with_travel
    FROM amounts AS a
    JOIN users AS u ON u.recipient_id = a.recipient_id AND u.month = a.month
    GROUP BY u.slice_kind, u.slice, a.month, a.place
),
everybody AS (
    SELECT
        month,
        place,
        count(*) AS recipients,
        sum(visits) AS visits,
        sum(minutes) AS minutes,
        sum(untimed_visits) AS untimed_visits,
        count(*) FILTER (WHERE travel_told) AS travel_told,
        coalesce(sum(minutes_with_travel) FILTER (WHERE travel_told), 0) AS minutes_with_travel
    FROM amounts
    GROUP BY month, place
),
lacking_it AS (
    SELECT
        s.slice_kind,
        s.slice,
        e.month,
        e.place,
        e.recipients - coalesce(h.recipients, 0) AS recipients,
        e.visits - coalesce(h.visits, 0) AS visits,
        e.minutes - coalesce(h.minutes, 0) AS minutes,
        e.untimed_visits - coalesce(h.untimed_visits, 0) AS untimed_visits,
        e.travel_told - coalesce(h.travel_told, 0) AS travel_told,
        e.minutes_with_travel - coalesce(h.minutes_with_travel, 0) AS minutes_with_travel
    FROM everybody AS e
    CROSS JOIN (SELECT DISTINCT slice_kind, slice FROM members) AS s
    LEFT JOIN having_it AS h
        ON h.slice_kind = s.slice_kind
        AND h.slice = s.slice
        AND h.month = e.month
        AND h.place = e.place
),
either AS (
    SELECT 'with_' AS who, * FROM having_it
    UNION ALL
    SELECT 'without_', * FROM lacking_it
),
summed AS (
    SELECT
        x.who,
        x.slice_kind,
        x.slice,
        x.month,
        p.geography,
        p."grouping",
        p.unit,
        sum(x.recipients)::bigint AS recipients,
        sum(x.visits)::bigint AS visits,
        sum(x.minutes)::bigint AS minutes,
        sum(x.untimed_visits)::bigint AS untimed_visits,
        sum(x.travel_told)::bigint AS travel_told,
        sum(x.minutes_with_travel)::bigint AS minutes_with_travel
    FROM either AS x
    JOIN in_place AS p ON p.place = x.place
    GROUP BY x.who, x.slice_kind, x.slice, x.month, p.geography, p."grouping", p.unit
),
measured AS (
    UNPIVOT summed
    ON recipients, visits, minutes, untimed_visits, travel_told, minutes_with_travel
    INTO NAME amount VALUE value
)
SELECT who || amount AS measure, slice_kind, slice, month, geography, "grouping", unit, value
FROM measured
WHERE value <> 0
