SELECT
    r.id, r.operation, r.subject, r.subject_id, r.previous, r.recommender, r.content, r.sha256,
    o.at, o.who, o.what, p.content
FROM revision AS r
JOIN operation AS o ON o.id = r.operation
LEFT JOIN revision AS p ON p.id = r.previous
WHERE ?1 IS NULL OR (r.subject = 'person' AND r.subject_id = ?1)
ORDER BY r.id DESC;
