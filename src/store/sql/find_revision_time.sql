SELECT o.at
FROM revision AS r
JOIN operation AS o ON o.id = r.operation
WHERE r.id = ?1;
