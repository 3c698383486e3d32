import { type logCreator, logLevel } from "kafkajs";
import type { Logger } from "../../runtime/logger.ts";

/**
 * kafkajs's log as ours. It calls ERROR what it then retries (a coordinator that loads, a broker that restarts): a warning here.
 * Only names, codes and its own texts are kept, no payloads.
 */
export function createKafkaLog(logger: Logger): logCreator {
	return () => (entry) => {
		const { message, groupId, broker, topic, partition, retryCount, error } = entry.log;
		const line = {
			event: "kafka-client",
			namespace: entry.namespace,
			text: message,
			groupId,
			broker,
			topic,
			partition,
			retryCount,
			reason: typeof error === "string" ? error.slice(0, 200) : undefined,
		};
		if (entry.level === logLevel.ERROR) logger.warn(line);
		else logger.debug(line);
	};
}
