-- What somebody is told of what others did: to a resource that they brought, or that their answers and plans cite.
create table notice (
  id bigint generated always as identity primary key,
  account_id bigint not null references account on delete cascade,
  kind text not null check (kind in ('publish', 'send-back', 'withdraw', 'restore', 'accept-proposal',
    'reject-proposal', 'cited-withdrawn')),
  resource_id text not null references resource on delete cascade,
  -- The reason that was given; for what is cited, how many answers and plans do so.
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz
);
create index on notice (account_id, id desc);
