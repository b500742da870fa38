SELECT id, operation, subject, subject_id, previous, recommender, content, sha256
FROM revision
WHERE operation = ?1
ORDER BY id;
