INSERT INTO person (id, recommender, revision) VALUES (?1, ?2, ?3)
ON CONFLICT (id) DO UPDATE SET recommender = excluded.recommender, revision = excluded.revision;
