SELECT id, operation, subject, subject_id, previous, recommender, content, sha256
FROM revision
WHERE subject = ?1 AND subject_id = ?2
ORDER BY id DESC
LIMIT 1;
