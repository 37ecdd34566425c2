-- Why a reader holds that a source does not carry its sentence. The target of an opinion on a citation is the id of the
-- answer or plan and the citation's number, `id:n`, so all of an answer are found by the beginning of their target.
alter table feedback add column reason text check (reason in ('other-matter', 'says-otherwise', 'only-part'));
create index on feedback (target_kind, target_id text_pattern_ops);
