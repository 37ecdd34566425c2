-- Where resources come from again and again: a folder, a web address, an OAI-PMH repository.
create table source (
  id bigint generated always as identity primary key,
  -- The absolute path or the address.
  location text not null unique,
  kind text not null check (kind in ('files', 'web', 'oai')),
  -- When it was last listed to its end, and where the next listing may begin, in the source's own words.
  complete_at timestamptz,
  mark text
);

-- The run that lists a source; null for what is ingested once.
alter table ingestion_run add column source_id bigint references source on delete set null;

-- What a source holds, by the file, page or record (`unit`) that it stands in.
create table listed_resource (
  source_id bigint not null references source on delete cascade,
  resource_id text not null,
  unit text not null,
  -- Tells without reading the unit whether it has changed: size and time of a file, lastmod of a page.
  stamp text,
  -- The newest run that listed it.
  run_id bigint not null,
  -- The source no longer has it.
  gone boolean not null default false,
  primary key (source_id, resource_id)
);
create index on listed_resource (source_id, unit);
create index on listed_resource (resource_id);
