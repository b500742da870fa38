SELECT p.id, p.operation, p.subject, p.subject_id, p.previous, p.recommender, p.content, p.sha256
FROM revision AS r
JOIN revision AS p ON p.id = r.previous
WHERE r.operation = ?1;
