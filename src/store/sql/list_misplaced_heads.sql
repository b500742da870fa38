-- People and recommenders whose row does not say what their latest revision says (both ways round).
WITH latest AS (
    SELECT subject, subject_id, max(id) AS id FROM revision GROUP BY subject, subject_id
),
head AS (
    SELECT 'person' AS subject, id, revision, recommender FROM person
    UNION ALL
    SELECT 'recommender', id, revision, NULL FROM recommender
)
SELECT l.subject, l.subject_id
FROM latest AS l
JOIN revision AS r ON r.id = l.id
LEFT JOIN head AS h ON h.subject = l.subject AND h.id = l.subject_id
WHERE (r.content IS NULL) <> (h.id IS NULL)
    OR (h.id IS NOT NULL AND (h.revision <> r.id OR h.recommender IS NOT r.recommender))
UNION
SELECT h.subject, h.id
FROM head AS h
WHERE NOT EXISTS (SELECT 1 FROM latest AS l WHERE l.subject = h.subject AND l.subject_id = h.id)
ORDER BY 1, 2;
