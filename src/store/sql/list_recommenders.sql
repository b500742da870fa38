SELECT h.id, r.content, r.sha256
FROM recommender AS h
JOIN revision AS r ON r.id = h.revision
ORDER BY h.id;
