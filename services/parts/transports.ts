// The profile's choice of stream, queue and media store. A broker's driver is loaded when it is asked for: most commands need none.
import { createFolderMediaStore } from "../adapters/media/folder-media-store.ts";
import { createS3MediaStore } from "../adapters/media/s3-media-store.ts";
import type { Database } from "../adapters/postgres/connection/database.ts";
import { idOfRecord } from "../adapters/postgres/connection/record-id.ts";
import { createPostgresStream } from "../adapters/postgres/stream/stream.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import type { JobQueue } from "../core/ports/job-queue.ts";
import type { MediaStore } from "../core/ports/media-store.ts";
import type { Config } from "../runtime/config.ts";
import type { Logger } from "../runtime/logger.ts";

export async function openStream(options: {
	readonly config: Config;
	readonly database: Database;
	readonly logger: Logger;
}): Promise<ItemStream> {
	const { config, database, logger } = options;
	if (config.profile === "cluster") {
		const { connectionSecurity } = await import("../adapters/kafka/connection-security.ts");
		const { createKafkaStream } = await import("../adapters/kafka/kafka-stream.ts");
		return createKafkaStream({
			brokers: config.stream.brokers,
			clientId: "breakwater",
			record: await idOfRecord(database),
			logger,
			...connectionSecurity(config.stream.security),
		});
	}
	const stream = await createPostgresStream({ database, logger });
	await stream.createTopics(config.stream.partitions);
	return stream;
}

export async function openQueue(options: {
	readonly config: Config;
	readonly databaseUrl: string;
	readonly logger: Logger;
}): Promise<JobQueue> {
	const { config, databaseUrl, logger } = options;
	const { createJobQueue } = await import("../adapters/bullmq/job-queue.ts");
	return createJobQueue({
		backend:
			config.profile === "cluster"
				? { kind: "redis", url: config.queue.redisUrl, caFile: config.queue.caFile }
				: { kind: "postgres", connectionString: databaseUrl, schema: "bullmq" },
		logger,
	});
}

export function openMediaStore(config: Config): MediaStore {
	const { media, limits } = config;
	return media.kind === "folder"
		? createFolderMediaStore({ folder: media.folder, roomBytes: limits.maxMediaBytes })
		: createS3MediaStore(media);
}
