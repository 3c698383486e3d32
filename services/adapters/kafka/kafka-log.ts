import { type LogEntry, type logCreator, logLevel } from "kafkajs";
import type { Logger } from "../../runtime/logger.ts";
import { createThinning } from "../../runtime/thin-repeats.ts";

export interface KafkaLog {
	readonly creator: logCreator;
	/** What its connections last said went wrong within the last seconds, as an error; null where nothing did. */
	lastTrouble(): Error | null;
}

const recentMs = 15_000;
const connections: ReadonlySet<string> = new Set(["Connection", "SASLAuthenticator", "BrokerPool"]);

/**
 * kafkajs's log as ours. It calls ERROR what it then retries (a coordinator that loads, a broker that restarts): a warning here.
 * Only names, codes and its own texts are kept, no payloads. While a broker is away every connection says so on every try, a thousand
 * lines a minute: the same is written once a minute.
 */
export function createKafkaLog(logger: Logger): KafkaLog {
	const leftOut = createThinning({ forMs: 60_000, mostKeys: 500, now: () => performance.now() });
	let trouble: { readonly text: string; readonly atMs: number } | null = null;
	const write = (entry: LogEntry) => {
		const { message, groupId, broker, topic, partition, retryCount, error } = entry.log;
		const line = {
			event: "kafka-client",
			namespace: entry.namespace,
			text: message,
			groupId,
			broker,
			topic,
			partition,
			reason: typeof error === "string" ? error.slice(0, 200) : undefined,
		};
		if (entry.level !== logLevel.ERROR) return logger.debug({ ...line, retryCount });
		if (connections.has(entry.namespace)) trouble = { text: message, atMs: performance.now() };
		const repeated = leftOut(JSON.stringify(line));
		if (repeated === null) return;
		logger.warn({ ...line, retryCount, ...(repeated > 0 && { repeated }) });
	};
	return {
		creator: () => write,
		lastTrouble: () =>
			trouble !== null && performance.now() - trouble.atMs < recentMs ? new Error(trouble.text) : null,
	};
}
