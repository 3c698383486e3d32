// Whoever keeps deadlines dies half an hour before one passes, and comes back half an hour after.
import { writeFile } from "node:fs/promises";
import { eventually } from "../../support/eventually.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import type { Profile } from "../system.ts";
import { clockFile, shiftableClock } from "./shiftable-clock.ts";

const hourMs = 3_600_000;
const patience = { withinMs: 60_000 };

/** An hour from a removal order (EU-TCO): asked for over HTTP, noted as broken at its true time, once, and told to who asked. */
async function sleepThroughDeadline({ system, servers: { folder } }: FaultContext): Promise<number> {
	const shift = (seconds: number) => writeFile(clockFile(folder), `+${seconds}`);
	const name = `authority-${Date.now().toString(36)}`;
	const added = await system.cli("authority", "add", name, "--jurisdiction", "EU", "--law", "EU-TCO");
	const headers = { authorization: `Bearer ${textIn(added, "apiKey")}`, "content-type": "application/json" };
	const url = `${system.processOf("portal").urlOf("portal")}/v1/authority-requests`;
	const body = { reference: name, asks: "removal", legalBasis: "Art. 3", addresses: ["https://elsewhere.example/1"] };
	const asked = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
	if (asked.status !== 201) throw new Error(`the request was answered ${asked.status}`);
	const id = textIn(await asked.json(), "id");
	const marks = () =>
		system.record.query(
			`SELECT clock_marks.kind, clock_marks.at, noted_at, received_at FROM clock_marks JOIN clocks ON clocks.id = clock_id
				WHERE cause_id = $1 ORDER BY clock_marks.at`,
			[id],
		);

	await shift(hourMs / 2_000 + 5);
	await eventually(async () => expectOne(await marks(), "warning"), patience);
	const keeper = system.processOf("takedown");
	await keeper.kill();
	await shift((3 * hourMs) / 2_000);
	await keeper.restart();
	const breach = await eventually(async () => expectOne(await marks(), "breach"), patience);
	await shift(0);

	const [receivedMs, passedMs, notedMs] = [
		timeIn(breach, "received_at"),
		timeIn(breach, "at"),
		timeIn(breach, "noted_at"),
	];
	if (passedMs !== receivedMs + hourMs) throw new Error("the breach is not at the time of the deadline");
	if (notedMs < passedMs + hourMs / 3) throw new Error("the breach was noted before the keeper was back");
	const acts = await system.record.query(
		`SELECT body::jsonb -> 'details' ->> 'dueAt' AS "dueAt" FROM (SELECT body FROM acts UNION ALL SELECT body FROM acts_due) AS told
			WHERE body::jsonb ->> 'what' = 'clock-breached' AND body::jsonb -> 'on' ->> 'id' = (SELECT id::text FROM clocks WHERE cause_id = $1)`,
		[id],
	);
	if (acts.length !== 1 || acts[0]?.dueAt !== new Date(passedMs).toISOString())
		throw new Error("the breach is not one act, with the time of the deadline");
	return 1;
}

function expectOne(rows: readonly Record<string, unknown>[], kind: string): Record<string, unknown> {
	const found = rows.filter((row) => row.kind === kind);
	const [one] = found;
	if (one === undefined || found.length > 1) throw new Error(`${found.length} marks of the kind ${kind}`);
	return one;
}

function textIn(value: unknown, name: string): string {
	const found =
		typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name) : null;
	if (typeof found?.[1] !== "string") throw new Error(`no ${name} was answered`);
	return found[1];
}

function timeIn(row: Record<string, unknown>, name: string): number {
	const at = row[name];
	if (!(at instanceof Date)) throw new Error(`${name} is no time`);
	return at.getTime();
}

function onProfile(profile: Profile): Scenario {
	return {
		name: `deadline-${profile}`,
		fault: "SIGKILL of the keeper of deadlines for an hour around one",
		profile,
		conditions: shiftableClock,
		inflict: sleepThroughDeadline,
	};
}

export const deadlines: readonly Scenario[] = [onProfile("cluster"), onProfile("embedded")];
