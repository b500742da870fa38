INSERT INTO person (recommender, revision) VALUES (?1, 0);
