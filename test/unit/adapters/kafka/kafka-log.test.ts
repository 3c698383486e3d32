// What is written while a broker is away, when each connection says so on each try.
import { expect, test } from "@jest/globals";
import { logLevel } from "kafkajs";
import { createKafkaLog } from "../../../../services/adapters/kafka/kafka-log.ts";
import { createLogger } from "../../../../services/runtime/logger.ts";

function read() {
	const lines: string[] = [];
	const log = createKafkaLog(
		createLogger({ level: "info", name: "test", to: { write: (line: string) => void lines.push(line) } }),
	);
	const write = log.creator(logLevel.INFO);
	const say = (namespace: string, message: string, more: object = {}) =>
		write({
			...{ namespace, level: logLevel.ERROR, label: "ERROR" },
			log: { timestamp: "", message, broker: "kafka:9092", ...more },
		});
	return { say, log, said: () => lines.map((line) => JSON.parse(line)) };
}

test("a broker that is away is said once, however many tries there are, and each other one is said as well", () => {
	const { say, said } = read();
	for (let retryCount = 0; retryCount < 100; retryCount += 1) {
		say("Connection", "Connection error: connect ECONNREFUSED");
		say("BrokerPool", "Failed to connect to seed broker", { retryCount });
	}
	say("Connection", "Connection error: connect ECONNREFUSED", { broker: "another:9092" });
	expect(said().map(({ namespace, broker }) => [namespace, broker])).toEqual([
		["Connection", "kafka:9092"],
		["BrokerPool", "kafka:9092"],
		["Connection", "another:9092"],
	]);
});

test("what its connections last said is the reason that whoever waits in vain for an answer is told", () => {
	const { say, log } = read();
	expect(log.lastTrouble()).toBeNull();
	say("Connection", "Connection error: connect ECONNREFUSED");
	say("Consumer", "Restarting the consumer in 100ms");
	expect(log.lastTrouble()?.message).toBe("Connection error: connect ECONNREFUSED");
});
