SELECT count(*) FROM person WHERE recommender = ?1;
