"""The index behind the search box: grams of what is looked in, kept by the database itself.

SQLite: an FTS5 table without content of its own. A view cuts a row into tokens; before a
change they are taken out, after it the new ones are put in. PostgreSQL: a GIN index over a
function. Both cut alike (``names.typed`` asks for the same): each single character,
pairs that begin beyond ASCII, threes that begin in it; marked n in the names, r in the
rest, p in the telephone numbers; and, marked d, the paths of all divisions above the place.

Whatever writes a row, the index follows. It only narrows down: what matches is decided by
``LIKE`` on the columns themselves.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import event

from training_oversight.registry.models.institutions import Institution

SQLITE = (
    """CREATE VIEW institution_grams_cut AS SELECT id, (
  SELECT group_concat(part || hex(substr(words, place, 1)) || ' '
    || part || hex(substr(words, place, longer)), ' ')
  FROM (
    SELECT words, each.key + 1 AS place,
      CASE WHEN unicode(substr(words, each.key + 1, 1)) < 128 THEN 3 ELSE 2 END AS longer,
      CASE WHEN each.key + 1 < names THEN 'n' WHEN each.key < texts THEN 'r' ELSE 'p' END AS part
    FROM (
      SELECT search_text || char(12) || search_phone AS words,
        instr(search_text || char(12), char(12)) AS names,
        length(search_text) AS texts LIMIT 1
    ) AS whole,
    json_each('[0' || replace(hex(zeroblob(length(words) - 1)), '00', ',0') || ']') AS each
  )
) || (
  SELECT group_concat(' d' || hex(substr(division_path, 1, each.key + 1)), '')
  FROM json_each('[0' || replace(hex(zeroblob(length(division_path) - 1)), '00', ',0') || ']')
    AS each
  WHERE substr(division_path, each.key + 1, 1) = '/'
) AS grams FROM institution""",
    "CREATE VIRTUAL TABLE institution_grams USING fts5"
    "(grams, content='', detail='none', columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER institution_grams_insert AFTER INSERT ON institution BEGIN "
    "INSERT INTO institution_grams (rowid, grams) "
    "SELECT id, grams FROM institution_grams_cut WHERE id = new.id; END",
    "CREATE TRIGGER institution_grams_delete BEFORE DELETE ON institution BEGIN "
    "INSERT INTO institution_grams (institution_grams, rowid, grams) "
    "SELECT 'delete', id, grams FROM institution_grams_cut WHERE id = old.id; END",
    "CREATE TRIGGER institution_grams_before_update "
    "BEFORE UPDATE OF id, search_text, search_phone, division_path ON institution BEGIN "
    "INSERT INTO institution_grams (institution_grams, rowid, grams) "
    "SELECT 'delete', id, grams FROM institution_grams_cut WHERE id = old.id; END",
    "CREATE TRIGGER institution_grams_after_update "
    "AFTER UPDATE OF id, search_text, search_phone, division_path ON institution BEGIN "
    "INSERT INTO institution_grams (rowid, grams) "
    "SELECT id, grams FROM institution_grams_cut WHERE id = new.id; END",
)

# So dear that no plan reads row by row what the index has already cut.
POSTGRESQL = (
    """CREATE FUNCTION institution_grams(search_text text, search_phone text, division_path text)
RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100000 AS $$
SELECT array_to_tsvector(array(
  SELECT part || encode(convert_to(gram, 'UTF8'), 'hex')
  FROM (
    SELECT one, one || coalesce(lead(one) OVER here, '')
        || CASE WHEN ascii(one) < 128 THEN coalesce(lead(one, 2) OVER here, '') ELSE '' END
        AS longer,
      CASE WHEN place < position(chr(12) IN search_text || chr(12)) THEN 'n'
        WHEN place <= length(search_text) THEN 'r' ELSE 'p' END AS part
    FROM unnest(string_to_array(search_text || chr(12) || search_phone, NULL))
      WITH ORDINALITY AS whole(one, place)
    WINDOW here AS (ORDER BY place)
  ) AS places, LATERAL (VALUES (one), (longer)) AS cut(gram)
  UNION ALL
  SELECT 'd' || encode(convert_to(substr(division_path, 1, place), 'UTF8'), 'hex')
  FROM generate_series(1, length(division_path)) AS place
  WHERE substr(division_path, place, 1) = '/'
)) $$""",
    "CREATE INDEX ix_institution_grams ON institution USING gin "
    "(institution_grams(search_text, search_phone, division_path))",
)

for _statement in SQLITE:
    event.listen(
        Institution.__table__, "after_create", sa.DDL(_statement).execute_if(dialect="sqlite")
    )
for _statement in POSTGRESQL:
    event.listen(
        Institution.__table__, "after_create", sa.DDL(_statement).execute_if(dialect="postgresql")
    )
