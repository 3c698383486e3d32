// The flow of one partition while it is assigned here: what was fetched is delivered as fast as it settles, no faster.
import type { KafkaMessage } from "kafkajs";
import type { Delivery, StreamRecord } from "../../core/ports/item-stream.ts";
import type { Topic } from "../../core/wire/topics.ts";
import { createOffsetLedger } from "../../runtime/offset-ledger.ts";

export interface AssignedPartitionOptions {
	readonly topic: Topic;
	readonly partition: number;
	/** The group's committed offset; null where there is none. */
	readonly committed: bigint | null;
	readonly maxUnsettled: number;
	readonly onDeliveries: (deliveries: readonly Delivery[]) => void;
	/** Has become full, or has room again. */
	readonly onRoom: (hasRoom: boolean) => void;
}

/** Records delivered ahead of one that does not settle: each is held in the ledger and delivered again after a crash. */
const maxAheadFactor = 20;

export class AssignedPartition {
	readonly topic: Topic;
	readonly partition: number;
	/** The group's offset as last committed from here, or as found. */
	committed: bigint | null;
	readonly #options: AssignedPartitionOptions;
	readonly #ledger = createOffsetLedger();
	/** Fetched, of which those from `#next` on are not yet delivered. */
	#fetched: readonly KafkaMessage[] = [];
	#next = 0;
	#position: bigint | null = null;
	#lastDelivered = -1n;
	#isPaused = false;
	#isFull = false;
	#isFlowing = false;
	#isStopped = false;
	#isRevoked = false;

	constructor(options: AssignedPartitionOptions) {
		this.topic = options.topic;
		this.partition = options.partition;
		this.committed = options.committed;
		this.#options = options;
	}

	/** The offset to fetch next; null until something was fetched. */
	get position(): bigint | null {
		return this.#position;
	}

	get unsettled(): number {
		return this.#ledger.unsettled;
	}

	/** No further fetch until there is room. */
	get isFull(): boolean {
		return this.#isFull;
	}

	/** The offset to commit; null where it is committed already. */
	toCommit(): bigint | null {
		const head = this.#ledger.head();
		return head === this.committed ? null : head;
	}

	/** Takes the messages that follow `position`, in offset order. */
	take(messages: readonly KafkaMessage[]): void {
		const last = messages.at(-1);
		if (last === undefined || this.#isStopped) return;
		this.#position = BigInt(last.offset) + 1n;
		this.#fetched = [...this.#fetched.slice(this.#next), ...messages];
		this.#next = 0;
		this.#flow();
	}

	/** Delivers nothing more; what is under way may still settle. */
	stop(): void {
		this.#isStopped = true;
		this.#fetched = [];
	}

	/** The same, and settling changes nothing from now on. */
	revoke(): void {
		this.stop();
		this.#isRevoked = true;
	}

	/** Settling inside of `onDeliveries` comes back here; the outer turn then goes on with it. */
	#flow(): void {
		if (this.#isFlowing) return;
		this.#isFlowing = true;
		try {
			while (this.#hasRoom() && this.#next < this.#fetched.length) {
				const room = this.#options.maxUnsettled - this.unsettled;
				const slice = this.#fetched.slice(this.#next, this.#next + room);
				this.#next += slice.length;
				this.#options.onDeliveries(slice.map((message) => this.#deliver(message)));
			}
		} finally {
			this.#isFlowing = false;
		}
		const wasFull = this.#isFull;
		this.#isFull = this.#isPaused || this.#next < this.#fetched.length;
		if (this.#isFull !== wasFull && !this.#isStopped) this.#options.onRoom(wasFull);
	}

	/** No from the limit on, yes again from half of it. */
	#hasRoom(): boolean {
		const { maxUnsettled } = this.#options;
		const end = this.#lastDelivered + 1n;
		const ahead = Number(end - (this.#ledger.head() ?? end));
		const fill = Math.max(this.unsettled / maxUnsettled, ahead / (maxUnsettled * maxAheadFactor));
		this.#isPaused = this.#isPaused ? fill > 0.5 : fill >= 1;
		return !this.#isPaused;
	}

	#deliver(message: KafkaMessage): Delivery {
		const offset = BigInt(message.offset);
		this.#ledger.add(offset);
		this.#lastDelivered = offset;
		return {
			record: toRecord(this.topic, this.partition, message),
			settle: () => {
				if (this.#isRevoked) return;
				this.#ledger.settle(offset);
				this.#flow();
			},
		};
	}
}

function toRecord(topic: Topic, partition: number, message: KafkaMessage): StreamRecord {
	return {
		topic,
		partition,
		offset: message.offset,
		key: message.key?.toString("utf8") ?? null,
		value: message.value ?? new Uint8Array(0),
		headers: Object.fromEntries(
			Object.entries(message.headers ?? {}).flatMap(([name, value]) => {
				// Of a header that occurs more than once, the last counts.
				const last = Array.isArray(value) ? value.at(-1) : value;
				return last === undefined ? [] : [[name, last.toString()]];
			}),
		),
		receivedAtMs: Number(message.timestamp),
	};
}
