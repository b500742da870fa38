INSERT INTO recommender (id, revision) VALUES (?1, ?2)
ON CONFLICT (id) DO UPDATE SET revision = excluded.revision;
