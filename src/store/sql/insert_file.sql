INSERT INTO file (key, bytes) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING;
