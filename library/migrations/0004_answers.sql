create table conversation (
  id uuid primary key default gen_random_uuid(),
  organisation_id bigint not null references organisation,
  account_id bigint not null references account on delete cascade,
  title text not null,
  stage text,
  language text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on conversation (account_id, updated_at desc);

create table message (
  id uuid primary key default gen_random_uuid(),
  conversation_id uuid not null references conversation on delete cascade,
  ordinal integer not null,
  role text not null check (role in ('user', 'assistant')),
  text text not null default '',
  state text not null default 'done' check (state in ('streaming', 'done', 'stopped', 'failed')),
  outcome text,
  -- Sentences with their verdicts, and the nearest resources, as they were shown.
  content jsonb not null default '{}',
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (conversation_id, ordinal)
);
create index streaming_message on message (created_at) where state = 'streaming';

-- What a reader of a stream has been or will be sent; a reload replays it from any event on.
create table stream_event (
  stream_id uuid not null,
  seq integer not null,
  kind text not null,
  data jsonb not null,
  created_at timestamptz not null default now(),
  primary key (stream_id, seq)
);

-- One row per model call. `evidence` is the snapshot of what the model was shown: passage, its text's hash, its number.
create table generation (
  id uuid primary key default gen_random_uuid(),
  organisation_id bigint not null references organisation,
  account_id bigint references account on delete set null,
  agent text not null,
  message_id uuid references message on delete set null,
  plan_id uuid,
  prompt_name text not null,
  prompt_version integer not null,
  prompt_hash text not null,
  model text not null,
  space_id integer references embedding_space,
  evidence jsonb not null default '[]',
  input text,
  output text,
  input_tokens integer,
  output_tokens integer,
  outcome text not null check (outcome in ('ok', 'failed', 'stopped')),
  error text,
  started_at timestamptz not null default now(),
  duration_ms integer not null
);
create index on generation (started_at desc);
create index on generation (message_id);
create index on generation (plan_id);

create table lesson_plan (
  id uuid primary key default gen_random_uuid(),
  organisation_id bigint not null references organisation,
  account_id bigint not null references account on delete cascade,
  topic text not null,
  language text not null,
  request jsonb not null,
  state text not null check (state in ('streaming', 'done', 'stopped', 'failed')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index on lesson_plan (account_id, updated_at desc);

create table lesson_plan_version (
  id bigint generated always as identity primary key,
  plan_id uuid not null references lesson_plan on delete cascade,
  number integer not null,
  note text not null,
  content jsonb not null,
  account_id bigint references account on delete set null,
  created_at timestamptz not null default now(),
  unique (plan_id, number)
);

-- A citation belongs to a sentence of an answer or to an item of a plan version, never to both.
create table citation (
  id bigint generated always as identity primary key,
  message_id uuid references message on delete cascade,
  plan_version_id bigint references lesson_plan_version on delete cascade,
  n integer not null,
  passage_id bigint not null references passage,
  resource_id text not null references resource,
  quote text not null,
  quote_start integer not null,
  verdict text not null check (verdict in ('supported', 'unsupported')),
  method text not null,
  check (num_nonnulls(message_id, plan_version_id) = 1)
);
create index on citation (message_id);
create index on citation (plan_version_id);
create index on citation (resource_id);
create index on citation (passage_id);

create table feedback (
  id bigint generated always as identity primary key,
  account_id bigint not null references account on delete cascade,
  target_kind text not null check (target_kind in ('answer', 'citation', 'plan', 'recommendation')),
  target_id text not null,
  value text not null check (value in ('good', 'bad')),
  comment text,
  created_at timestamptz not null default now(),
  unique (account_id, target_kind, target_id)
);

-- Questions that the library could not answer; `requested` once somebody asked for the material.
create table gap (
  id bigint generated always as identity primary key,
  organisation_id bigint not null references organisation,
  account_id bigint references account on delete set null,
  message_id uuid references message on delete set null,
  question text not null,
  language text,
  stage text,
  requested boolean not null default false,
  created_at timestamptz not null default now()
);
