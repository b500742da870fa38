UPDATE recommender SET revision = (SELECT previous FROM revision WHERE operation = ?2) WHERE id = ?1;
