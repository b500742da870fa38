SELECT bytes FROM file WHERE key = ?1;
