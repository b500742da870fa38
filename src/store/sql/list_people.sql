SELECT h.id, r.content, r.sha256, h.recommender
FROM person AS h
JOIN revision AS r ON r.id = h.revision
ORDER BY h.id;
