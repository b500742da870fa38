SELECT id, operation, subject, subject_id, previous, recommender, content, sha256
FROM revision
ORDER BY id;
