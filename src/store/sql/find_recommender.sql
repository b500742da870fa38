SELECT h.id, r.content, r.sha256
FROM recommender AS h
JOIN revision AS r ON r.id = h.revision
WHERE h.id = ?1;
