INSERT INTO revision (operation, subject, subject_id, previous, recommender, content, sha256)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
