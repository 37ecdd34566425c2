-- Original files by the hash of their bytes; the bytes lie in the file store (library/files.ts).
create table file (
  hash bytea primary key,
  bytes bigint not null,
  media_type text not null,
  created_at timestamptz not null default now()
);
alter table resource_version add column file_hash bytea references file;
create index on resource_version (file_hash) where file_hash is not null;

-- What somebody would make of a live resource, which goes on answering until an admin has said yes or no.
create table proposal (
  resource_id text primary key references resource on delete cascade,
  -- A payload (ingestion/parse/parse-payload.ts) of the format 'parsed'.
  payload text not null,
  -- Who would see it then; null where that stays.
  visibility text check (visibility in ('class', 'organisation', 'public')),
  class_id bigint references class on delete set null,
  created_at timestamptz not null default now()
);

-- Whose the resources of a run are and who may see them. What the operator ingests is everybody's.
alter table ingestion_run add column visibility text not null default 'public'
  check (visibility in ('owner', 'class', 'organisation', 'public'));
alter table ingestion_run add column class_id bigint references class on delete set null;
alter table ingestion_run add column uploaded boolean not null default false;
alter table ingestion_run drop constraint ingestion_run_state_check;
alter table ingestion_run add constraint ingestion_run_state_check
  check (state in ('reading', 'working', 'done', 'failed', 'cancelled'));

-- 'proposed' waits for an admin; 'unpacked' holds several resources, which are items of the same run; 'left-out' is no
-- resource, with the reason.
alter table ingestion_item drop constraint ingestion_item_state_check;
alter table ingestion_item add constraint ingestion_item_state_check
  check (state in ('waiting', 'added', 'updated', 'unchanged', 'failed', 'proposed', 'unpacked', 'left-out',
    'cancelled'));
