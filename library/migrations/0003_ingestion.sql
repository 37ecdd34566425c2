create table ingestion_run (
  id bigint generated always as identity primary key,
  label text not null,
  state text not null default 'reading' check (state in ('reading', 'working', 'done', 'failed')),
  reason text,
  account_id bigint references account,
  unchanged integer not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);

-- A batch is the outbox: what was accepted stands here, in Postgres, until every item of it has a final state.
-- The queue only carries the batch's number. `epoch` fences: a worker that lost its lease cannot commit.
create table ingestion_batch (
  id bigint generated always as identity primary key,
  run_id bigint not null references ingestion_run on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'done')),
  epoch integer not null default 0,
  attempts integer not null default 0,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index on ingestion_batch (run_id);
create index unfinished_batch on ingestion_batch (lease_until) where state <> 'done';

create table ingestion_item (
  batch_id bigint not null references ingestion_batch on delete cascade,
  ordinal integer not null,
  resource_id text,
  place text not null,
  state text not null default 'waiting' check (state in ('waiting', 'added', 'updated', 'unchanged', 'failed')),
  reason text,
  -- The item as it was read (JSON); emptied when the item reaches a final state.
  payload text,
  primary key (batch_id, ordinal)
);
create index failed_item on ingestion_item (batch_id) where state = 'failed';
