-- builds on: valid_vedtak
-- When each vedtak on home care is valid, with the minutes that it grants a week, if anybody wrote any.
SELECT
    v.vedtak_id,
    v.recipient_id,
    v.service,
    v.starts_on,
    v.ends_on,
    round(v.hours_per_week * 60)::bigint AS minutes
FROM valid_vedtak AS v
JOIN home_care AS h ON h.service = v.service
