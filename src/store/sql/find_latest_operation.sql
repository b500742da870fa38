SELECT id, at, who, what, kind, target, sha256 FROM operation ORDER BY id DESC LIMIT 1;
