DELETE FROM operation WHERE id = ?1;
