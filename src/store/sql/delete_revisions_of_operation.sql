DELETE FROM revision WHERE operation = ?1;
