INSERT INTO operation (at, who, what, kind, target, sha256) VALUES (?1, ?2, ?3, ?4, ?5, '');
