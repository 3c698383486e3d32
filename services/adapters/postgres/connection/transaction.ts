// One transaction on one connection. What waits for no answer is sent ahead, `begin` among it: a statement costs a turn of the event
// loop where its answer is read, and rows stay locked for as long as the turns take.
import type { Client, Statement } from "./prepared-statements.ts";

export interface Transacting extends Pick<Client, "execute"> {
	/** Its fault is the transaction's. */
	send(statement: Statement): void;
}

/** Releases the client. Rejects with the first fault; then nothing is kept. */
export async function runTransaction<T>(client: Client, work: (on: Transacting) => Promise<T>): Promise<T> {
	const faults: unknown[] = [];
	const ahead = (sent: Promise<unknown>) => {
		sent.catch((fault: unknown) => faults.push(fault));
	};
	try {
		ahead(client.command("begin"));
		const answer = await work({
			execute: (statement) => client.execute(statement),
			send: (statement) => ahead(client.execute(statement)),
		});
		// After a fault the server takes this for a rollback, and says nothing.
		await client.command("commit");
		if (faults.length > 0) throw faults[0];
		return answer;
	} catch (error) {
		await client.command("rollback").catch(() => {});
		throw faults[0] ?? error;
	} finally {
		client.release();
	}
}
