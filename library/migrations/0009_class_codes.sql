-- Pupils sign in with the code of their class, their name in it and a PIN. The code is easily read aloud and typed: of
-- its letters and digits none looks like another, and without vowels they spell nothing.
alter table class
  add column code text not null unique default translate(
    substr(replace(gen_random_uuid()::text, '-', ''), 1, 6), '0123456789abcdef', 'CDFHJKMNPRTXY347'),
  add column archived_at timestamptz;
create index on class (teacher_id);

-- An account made in a class signs in through it and in no other way; its name is unique there (see class-code.ts).
alter table account
  add column class_id bigint references class,
  add column name_key text,
  add check ((class_id is null) = (name_key is null)),
  add unique (class_id, name_key);
