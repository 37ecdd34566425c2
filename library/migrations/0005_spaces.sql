-- Until when a retired space was the live one: a rollback goes to the latest. Null where there is nothing to go back to.
alter table embedding_space add column live_until timestamptz;
-- Resources last touched below this transaction have their vectors in the space; null where nobody knows.
alter table embedding_space add column complete_below xid8;

-- What was embedded, so that the same text in the same space is not embedded twice (the first 16 bytes of its SHA-256);
-- null for embedders that cost nothing.
alter table embedding add column text_hash bytea;
create index on embedding (space_id, text_hash) where text_hash is not null;
