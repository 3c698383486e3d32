// What a command says of a broker that does not do what it was asked: the reason, and what to look at.
import { expect, test } from "@jest/globals";
import { reportError } from "../../../services/cli/report-error.ts";
import { BreakwaterError } from "../../../services/core/errors.ts";

function saidOf(cause: Error): string {
	const { write } = process.stderr;
	let said = "";
	process.stderr.write = (text: string | Uint8Array) => {
		said += String(text);
		return true;
	};
	try {
		expect(reportError(new BreakwaterError("stream-unavailable", { cause }), false)).toBe(1);
		return said;
	} finally {
		process.stderr.write = write;
	}
}

test.each([
	[
		new Error("Connection error: connect ECONNREFUSED 127.0.0.1:9092"),
		/cannot be reached.*ECONNREFUSED.*that Kafka runs/,
	],
	[new Error("Closed connection"), /closed the connection.*BREAKWATER_KAFKA_TLS.*BREAKWATER_KAFKA_SASL/],
	[
		Object.assign(new Error("Topic creation errors"), { errors: [new Error("Topic authorization failed")] }),
		/Topic creation errors: Topic authorization failed/,
	],
])("%s", (cause, said) => {
	expect(saidOf(cause)).toMatch(said);
	expect(saidOf(cause)).not.toMatch(/send it again/);
});
