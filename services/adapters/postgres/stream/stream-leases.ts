// Who of a consumer group reads which partition. Members announce themselves; each computes the same sharing from the list of
// the living, lets go of what is no longer its own, and takes what is free. A lost member's leases run out.
import { sql } from "kysely";
import { z } from "zod";
import { type Topic, topic } from "../../../core/wire/topics.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

interface Lease {
	readonly topic: Topic;
	readonly partition: number;
	readonly committed: bigint;
}

export interface Leases {
	/** Renews the membership and answers which partitions should be this member's own. */
	share(): Promise<readonly { readonly topic: Topic; readonly partition: number }[]>;
	/** Takes or renews those that no other living member holds; answers the ones held now. */
	take(partitions: readonly { readonly topic: Topic; readonly partition: number }[]): Promise<readonly Lease[]>;
	/** Only the holder's commits count; a head never moves back. */
	commit(heads: readonly { readonly topic: Topic; readonly partition: number; readonly head: bigint }[]): Promise<void>;
	release(partitions: readonly { readonly topic: Topic; readonly partition: number }[]): Promise<void>;
	leave(): Promise<void>;
}

const leaseSeconds = 5;

const memberRow = z.object({ member_id: column.text });
const partitionRow = z.object({ topic, partition: column.whole });
const leaseRow = partitionRow.extend({ committed: column.exact });

export function createLeases(database: Database, group: string, memberId: string, topics: readonly Topic[]): Leases {
	const input = (rows: readonly { readonly topic: Topic; readonly partition: number; readonly head?: bigint }[]) =>
		sql`jsonb_to_recordset(${JSON.stringify(rows.map(({ topic, partition, head }) => ({ topic, partition, head: String(head ?? 0n) })))}::jsonb)
			AS r (topic text, partition integer, head bigint)`;
	const until = sql`now() + make_interval(secs => ${leaseSeconds})`;
	return {
		async share() {
			await database.rows(
				sql`INSERT INTO stream_members ("group", member_id, topics, expires_at) VALUES (${group}, ${memberId}, ${[...topics]}::text[], ${until})
					ON CONFLICT ("group", member_id) DO UPDATE SET expires_at = excluded.expires_at`,
			);
			await database.rows(sql`DELETE FROM stream_members WHERE expires_at < now()`);
			const members = await database.rows(
				sql`SELECT member_id FROM stream_members WHERE "group" = ${group} AND topics && ${[...topics]}::text[] AND expires_at >= now() ORDER BY member_id`,
				memberRow,
			);
			const partitions = await database.rows(
				sql`SELECT topic, partition FROM stream_partitions WHERE topic = ANY (${[...topics]}::text[]) ORDER BY topic, partition`,
				partitionRow,
			);
			const mine = members.findIndex(({ member_id }) => member_id === memberId);
			return mine < 0 ? [] : partitions.filter((_, index) => index % members.length === mine);
		},
		async take(partitions) {
			if (partitions.length === 0) return [];
			return database.rows(
				sql`INSERT INTO stream_groups AS held ("group", topic, partition, member_id, lease_expires_at)
					SELECT ${group}, topic, partition, ${memberId}, ${until} FROM ${input(partitions)} ORDER BY topic, partition
					ON CONFLICT ("group", topic, partition) DO UPDATE SET member_id = excluded.member_id, lease_expires_at = excluded.lease_expires_at
						WHERE held.member_id IS NULL OR held.member_id = excluded.member_id OR held.lease_expires_at < now()
					RETURNING topic, partition, committed_offset AS committed`,
				leaseRow,
			);
		},
		async commit(heads) {
			if (heads.length === 0) return;
			await database.rows(
				sql`UPDATE stream_groups SET committed_offset = GREATEST(committed_offset, r.head) FROM ${input(heads)}
					WHERE "group" = ${group} AND stream_groups.topic = r.topic AND stream_groups.partition = r.partition AND member_id = ${memberId}`,
			);
		},
		async release(partitions) {
			if (partitions.length === 0) return;
			await database.rows(
				sql`UPDATE stream_groups SET member_id = NULL, lease_expires_at = NULL FROM ${input(partitions)}
					WHERE "group" = ${group} AND stream_groups.topic = r.topic AND stream_groups.partition = r.partition AND member_id = ${memberId}`,
			);
			await database.rows(sql`SELECT pg_notify('stream', 'leases')`);
		},
		async leave() {
			await database.rows(sql`DELETE FROM stream_members WHERE "group" = ${group} AND member_id = ${memberId}`);
		},
	};
}
