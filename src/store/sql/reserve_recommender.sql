INSERT INTO recommender (revision) VALUES (0);
