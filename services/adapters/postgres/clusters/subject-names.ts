// How statements make and read the names of what was decided, as core/clusters/standing-decision.ts spells them. Only here does SQL know it.
import { type RawBuilder, sql } from "kysely";
import { asksLaterOnly, subjectOfLinked } from "../../../core/clusters/standing-decision.ts";

type Named = RawBuilder<unknown>;

/** The name of a cluster, from its id. */
export const nameOfCluster = (id: Named): Named => sql`('cluster:' || ${id})`;

/** The name of what is the very same, from a type of hash and the hash. */
export const nameOfSame = (type: Named, hash: Named): Named => sql`(${type} || ':' || encode(${hash}, 'hex'))`;

/** The parts of a name as columns `cluster`, or `type` and `same`; null where it is of the other kind. */
export const partsOf = (name: Named): Named =>
	sql`CASE WHEN ${name} LIKE 'cluster:%' THEN substr(${name}, 9)::uuid END AS cluster,
		CASE WHEN ${name} NOT LIKE 'cluster:%' THEN split_part(${name}, ':', 1) END AS type,
		CASE WHEN ${name} NOT LIKE 'cluster:%' THEN decode(split_part(${name}, ':', 2), 'hex') END AS same`;

/** The name of a link, from the key of its outbreak. */
export const nameOfLinked = (key: Named): Named => sql`(${subjectOfLinked("")} || ${key})`;

/** Whether what was decided of the name reaches items that were recorded before. */
export const reachesEarlier = (name: Named): Named => sql`${name} NOT LIKE ${asksLaterOnly}`;
