INSERT INTO book (id, notice, sha256) VALUES (1, ?1, ?2);
