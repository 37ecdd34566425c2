-- A resource keeps its identity; what it says lives in its versions, and a version's passages never change.
create table resource (
  id text primary key,
  organisation_id bigint not null references organisation,
  source text not null,
  status text not null check (status in ('draft', 'in-review', 'live', 'withdrawn')),
  visibility text not null default 'public' check (visibility in ('owner', 'class', 'organisation', 'public')),
  owner_id bigint references account,
  class_id bigint references class,
  live_version bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  -- The transaction that last touched the row: index caches read what came after the oldest transaction they might
  -- have missed, which a plain serial cannot tell (numbers commit out of order).
  changed_in xid8 not null default pg_current_xact_id()
);
create index on resource (changed_in);

create table resource_version (
  id bigint generated always as identity primary key,
  resource_id text not null references resource on delete cascade,
  content_hash bytea not null,
  title text not null,
  description text,
  language text not null,
  stage text check (stage in ('preschool', 'primary', 'junior', 'senior', 'vocational', 'higher', 'lifelong')),
  audience text check (audience in ('learner', 'teacher', 'elder')),
  grade text,
  subject text,
  edition text,
  type text,
  provider text,
  url text,
  minutes integer,
  licence text,
  authors text,
  teaches text[] not null default '{}',
  prerequisites text[] not null default '{}',
  valid_from date,
  valid_until date,
  metadata jsonb not null default '{}',
  passage_count integer not null,
  created_at timestamptz not null default now()
);
create index on resource_version (resource_id);
alter table resource add foreign key (live_version) references resource_version deferrable initially deferred;

create table passage (
  id bigint generated always as identity primary key,
  version_id bigint not null references resource_version on delete cascade,
  ordinal integer not null,
  heading text[] not null,
  locator jsonb,
  text text not null,
  unique (version_id, ordinal)
);

create table embedding_space (
  id integer generated always as identity primary key,
  model text not null,
  dimensions integer not null,
  preprocessing text not null,
  state text not null check (state in ('building', 'live', 'retired')),
  created_at timestamptz not null default now(),
  unique (model, dimensions, preprocessing)
);
create unique index one_live_space on embedding_space (state) where state = 'live';

-- The column has no fixed dimension because every space has its own; the index of a space casts to its dimension.
create table embedding (
  space_id integer not null references embedding_space on delete cascade,
  passage_id bigint not null references passage on delete cascade,
  vector vector not null,
  primary key (space_id, passage_id)
);
create index on embedding (passage_id);
