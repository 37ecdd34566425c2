-- What happened to a resource or an account is read by its target.
create index on audit (target);
-- The admin's list begins with what changed last.
create index on resource (updated_at desc, id);
-- Sessions end and are deleted, so the account itself keeps when it was last signed in to.
alter table account add column signed_in_at timestamptz;
update account set signed_in_at = (select max(created_at) from session where account_id = account.id);
