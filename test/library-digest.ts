import type { Db } from '../library/db.ts';

/** What the library says, in figures and in one hash over every live passage and its vector. */
export interface LibraryDigest {
  resources: number;
  passages: number;
  digest: string;
}

/** Equal for libraries that answer alike, however they came to be and on whichever database they lie. */
export async function digestLibrary(db: Db): Promise<LibraryDigest> {
  const { rows } = await db.query<LibraryDigest>(
    `select count(distinct r.id)::int as resources, count(p.id)::int as passages,
       coalesce(md5(string_agg(
         concat_ws('|', r.id, r.status, v.title, v.language, p.ordinal, p.heading::text, p.text, e.vector::text),
         e'\\n' order by r.id collate "C", p.ordinal)), '') as digest
     from resource r
     join resource_version v on v.id = r.live_version
     left join passage p on p.version_id = v.id
     left join embedding e on e.passage_id = p.id
       and e.space_id = (select id from embedding_space where state = 'live')`,
  );
  return rows[0]!;
}
