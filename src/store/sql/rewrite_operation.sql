UPDATE operation SET at = ?2, what = ?3 WHERE id = ?1;
