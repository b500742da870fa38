SELECT length(bytes) FROM file WHERE key = ?1;
