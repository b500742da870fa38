DELETE FROM recommender WHERE id = ?1;
