-- What a teacher gathers by hand. Only the owner sees and changes it, so every row says whose it is.
create table collection (
  id uuid primary key default gen_random_uuid(),
  organisation_id bigint not null references organisation,
  owner_id bigint not null references account on delete cascade,
  name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, organisation_id, owner_id)
);
create index on collection (owner_id);

create table collection_item (
  collection_id uuid not null,
  organisation_id bigint not null,
  owner_id bigint not null,
  resource_id text not null references resource on delete cascade,
  -- As it was when it was added: what stays to be read of a resource that was withdrawn since.
  title text not null,
  language text not null,
  place integer not null,
  note text not null default '',
  added_at timestamptz not null default now(),
  primary key (collection_id, resource_id),
  foreign key (collection_id, organisation_id, owner_id)
    references collection (id, organisation_id, owner_id) on delete cascade
);
create index on collection_item (resource_id);
