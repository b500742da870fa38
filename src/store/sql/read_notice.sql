SELECT notice, sha256 FROM book WHERE id = 1;
