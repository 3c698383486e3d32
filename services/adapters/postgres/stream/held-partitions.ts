// The partitions that one member of a group holds on the log: taking and losing them, reading on, committing their heads.
import { sql } from "kysely";
import { z } from "zod";
import type { Delivery, PartitionPosition, StreamRecord, SubscribeOptions } from "../../../core/ports/item-stream.ts";
import { type Topic, topic } from "../../../core/wire/topics.ts";
import { createOffsetLedger, type OffsetLedger } from "../../../runtime/offset-ledger.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import type { Leases } from "./stream-leases.ts";

interface OpenPartition {
	readonly topic: Topic;
	readonly partition: number;
	readonly ledger: OffsetLedger;
	position: bigint;
	committed: bigint;
	isPaused: boolean;
}

const recordsPerRead = 500;

const recordRow = z.object({
	topic,
	partition: column.whole,
	/** 64 bits, in decimal. */
	offset: column.text,
	key: column.text.nullable(),
	value: column.bytes,
	headers: z.record(z.string(), z.string()),
	at: column.time,
});
const endRow = z.object({ topic, partition: column.whole, next_offset: column.exact });

export interface HeldPartitions {
	/** Shares partitions anew with the group's other members. */
	share(): Promise<void>;
	commit(): Promise<void>;
	/** Delivers what is there; answers whether there may be more. What comes later is noticed. */
	read(): Promise<"more" | "all">;
	positions(): Promise<readonly PartitionPosition[]>;
	unsettled(): number;
	releaseAll(): Promise<void>;
}

export function createHeldPartitions(database: Database, leases: Leases, options: SubscribeOptions): HeldPartitions {
	const held = new Map<string, OpenPartition>();
	const nameOf = ({ topic, partition }: { readonly topic: Topic; readonly partition: number }) =>
		`${topic}/${partition}`;

	const commit = async () => {
		const moved = [...held.values()].flatMap((one) => {
			const head = one.ledger.head();
			return head !== null && head > one.committed ? [{ one, topic: one.topic, partition: one.partition, head }] : [];
		});
		await leases.commit(moved);
		for (const { one, head } of moved) one.committed = head;
	};
	const letGo = async (surplus: readonly OpenPartition[]) => {
		if (surplus.length === 0) return;
		// What is still under way will be delivered again to the next holder; its outcome is idempotent.
		await commit();
		for (const one of surplus) held.delete(nameOf(one));
		await leases.release(surplus);
	};
	return {
		commit,
		async share() {
			const mine = await leases.share();
			const wanted = new Set(mine.map(nameOf));
			await letGo([...held.values()].filter((one) => !wanted.has(nameOf(one))));
			const taken = await leases.take(mine);
			const names = new Set(taken.map(nameOf));
			for (const name of held.keys()) if (!names.has(name)) held.delete(name);
			for (const lease of taken) {
				if (held.has(nameOf(lease))) continue;
				held.set(nameOf(lease), { ledger: createOffsetLedger(), position: lease.committed, isPaused: false, ...lease });
			}
		},
		async read() {
			const readable = [...held.values()].filter((one) => canRead(one, options.maxUnsettled));
			if (readable.length === 0) return "all";
			const wanted = readable.map((one) => ({ one, count: roomFor(one, options.maxUnsettled) }));
			const records = await readRecords(database, wanted);
			let isAll = true;
			for (const { one, count } of wanted) {
				const own = records.filter(({ topic, partition }) => topic === one.topic && partition === one.partition);
				if (own.length === count) isAll = false;
				if (own.length > 0 && held.get(nameOf(one)) === one) deliver(one, own, options);
			}
			return isAll ? "all" : "more";
		},
		positions: () => positionsOf(database, [...held.values()]),
		unsettled: () => [...held.values()].reduce((sum, one) => sum + one.ledger.unsettled, 0),
		async releaseAll() {
			await letGo([...held.values()]);
			await leases.leave();
		},
	};
}

function canRead(one: OpenPartition, maxUnsettled: number): boolean {
	if (one.isPaused) one.isPaused = one.ledger.unsettled > maxUnsettled / 2;
	else one.isPaused = one.ledger.unsettled >= maxUnsettled;
	return !one.isPaused;
}

function deliver(one: OpenPartition, records: readonly StreamRecord[], options: SubscribeOptions): void {
	const deliveries: Delivery[] = records.map((record) => {
		const offset = BigInt(record.offset);
		one.ledger.add(offset);
		one.position = offset + 1n;
		return { record, settle: () => one.ledger.settle(offset) };
	});
	options.onDeliveries(deliveries);
}

function roomFor({ ledger }: OpenPartition, maxUnsettled: number): number {
	return Math.min(recordsPerRead, maxUnsettled - ledger.unsettled);
}

async function readRecords(
	database: Database,
	partitions: readonly { readonly one: OpenPartition; readonly count: number }[],
): Promise<readonly StreamRecord[]> {
	const wanted = partitions.map(({ one: { topic, partition, position }, count }) => ({
		topic,
		partition,
		position: String(position),
		count,
	}));
	const rows = await database.rows(
		sql`SELECT found.topic, found.partition, found."offset", found.key, found.value, found.headers, found.at
			FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w (topic text, partition integer, position bigint, count integer)
			CROSS JOIN LATERAL (SELECT * FROM stream_records AS s WHERE s.topic = w.topic AND s.partition = w.partition AND s."offset" >= w.position
				ORDER BY s."offset" LIMIT w.count) AS found
			ORDER BY found.topic, found.partition, found."offset"`,
		recordRow,
	);
	return rows.map(({ at, ...record }) => ({ receivedAtMs: at.getTime(), ...record }));
}

async function positionsOf(database: Database, partitions: readonly OpenPartition[]) {
	const ends = await database.rows(
		sql`SELECT topic, partition, next_offset FROM stream_partitions WHERE topic = ANY (${[...new Set(partitions.map(({ topic }) => topic))]}::text[])`,
		endRow,
	);
	return partitions.map(({ topic, partition, committed, ledger, isPaused }) => {
		const end = ends.find((one) => one.topic === topic && one.partition === partition);
		return {
			topic,
			partition,
			lag: Number((end?.next_offset ?? 0n) - committed),
			unsettled: ledger.unsettled,
			isPaused,
		};
	});
}
