// One transaction on one connection.
import type { Client } from "./prepared-statements.ts";

/** Releases the client. Rejects with the first fault; then nothing is kept. */
export async function runTransaction<T>(client: Client, work: (execute: Client["execute"]) => Promise<T>): Promise<T> {
	try {
		await client.command("begin");
		const answer = await work((statement) => client.execute(statement));
		await client.command("commit");
		return answer;
	} catch (error) {
		await client.command("rollback").catch(() => {});
		throw error;
	} finally {
		client.release();
	}
}
