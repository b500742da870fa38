UPDATE revision SET content = ?2, sha256 = ?3 WHERE operation = ?1;
