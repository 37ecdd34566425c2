create extension if not exists vector;

create table organisation (
  id bigint generated always as identity primary key,
  name text not null,
  created_at timestamptz not null default now()
);
insert into organisation (name) values ('Zhujiao');

create table account (
  id bigint generated always as identity primary key,
  organisation_id bigint not null references organisation,
  username text not null unique,
  display_name text not null,
  role text not null check (role in ('learner', 'teacher', 'admin')),
  stage text,
  language text not null default 'zh' check (language in ('zh', 'en')),
  password_hash text not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);

-- Only the hash of a session token is kept: a copy of the database signs nobody in.
create table session (
  token_hash bytea primary key,
  account_id bigint not null references account on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index on session (account_id);

create table class (
  id bigint generated always as identity primary key,
  organisation_id bigint not null references organisation,
  name text not null,
  teacher_id bigint not null references account,
  stage text,
  created_at timestamptz not null default now()
);

create table enrolment (
  class_id bigint not null references class on delete cascade,
  account_id bigint not null references account on delete cascade,
  primary key (class_id, account_id)
);

create table audit (
  id bigint generated always as identity primary key,
  account_id bigint references account,
  action text not null,
  target text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now()
);
