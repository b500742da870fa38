SELECT key FROM file ORDER BY key;
