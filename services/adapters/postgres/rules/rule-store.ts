// Rules and the stages of their lives. All that moves one rule goes through the lock of its name: of two people the second sees what the
// first did.
import { sql } from "kysely";
import { z } from "zod";
import type { Doer } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import type { UserId } from "../../../core/ids.ts";
import type { Advance, RuleRevision, RuleStore } from "../../../core/ports/rule-store.ts";
import { shadowDays, stepBack, stepTo } from "../../../core/rules/life.ts";
import type { RuleBody, RuleStage } from "../../../core/rules/rule.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { readAnswered } from "./answered-rules.ts";
import { askedRow, lastingSnoozes, type RuleRow, ruleRow, selectRules, toRule } from "./rule-rows.ts";
import { readShadowDays } from "./shadow-days.ts";

export function createRuleStore(database: Database): RuleStore {
	return {
		asked: () =>
			database.rows(
				sql`SELECT body, revision, stage, share, ${lastingSnoozes} AS snoozes FROM rule_stages JOIN rule_revisions USING (name, revision)
					WHERE stage IN ('canary', 'live') OR stage = 'shadow' AND ends_at > now() ORDER BY name, revision`,
				askedRow,
			),
		async list() {
			const rows = await database.rows(
				sql`${selectRules} WHERE at.stage <> 'retired' ORDER BY made.name, made.revision DESC`,
				ruleRow,
			);
			return rows.map(toRule);
		},
		async revisions(name) {
			return (await rowsOf(database, name)).map(toRule);
		},
		shadowDays: (name) => readShadowDays(database, name),
		answered: (name) => readAnswered(database, name),
		draft: (body, made) => database.transaction((tx) => draft(tx, body, made)),
		advance: (asked) => database.transaction((tx) => advance(tx, asked)),
		approve: (name, by, why) => database.transaction((tx) => approve(tx, name, { by, why })),
		back: (name, by, why) => database.transaction((tx) => back(tx, name, { by, why })),
		onChanged: (listener) => database.listener.on("rules", () => listener()),
	};
}

/** Newest first. */
function rowsOf(on: Connection, name: string): Promise<readonly RuleRow[]> {
	return on.rows(sql`${selectRules} WHERE made.name = ${name} ORDER BY made.revision DESC`, ruleRow);
}

/** Held to the end of the transaction. */
export async function lockRule(tx: Connection, name: string): Promise<readonly RuleRow[]> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtext('rules'), hashtext(${name}))`);
	return rowsOf(tx, name);
}

async function draft(
	tx: Connection,
	body: RuleBody,
	{ isChecked, by, why }: { readonly isChecked: boolean; readonly by: Doer; readonly why: string },
): Promise<RuleRevision> {
	const { name } = body;
	const [newest] = await lockRule(tx, name);
	const stored = JSON.stringify(body);
	const isSame = await tx.rows(
		sql`SELECT FROM rule_revisions WHERE name = ${name} AND revision = ${newest?.revision ?? 0} AND body = ${stored}::jsonb`,
	);
	if (isSame.length > 0) throw new BreakwaterError("nothing-changed");
	const revision = (newest?.revision ?? 0) + 1;
	const madeBy = await nameOf(tx, by);
	await tx.rows(
		sql`INSERT INTO rule_revisions (name, revision, body, why, made_by) VALUES (${name}, ${revision}, ${stored}::jsonb, ${why}, ${madeBy})`,
	);
	// A draft takes the place of one that nobody asks yet.
	await tx.rows(
		sql`UPDATE rule_stages SET stage = 'retired', since = now() WHERE name = ${name} AND stage IN ('draft', 'checked', 'backtested')`,
	);
	await tx.rows(
		sql`INSERT INTO rule_stages (name, revision, stage) VALUES (${name}, ${revision}, ${isChecked ? "checked" : "draft"})`,
	);
	await appendActs(tx, [{ what: "rule-drafted", on: name, by, reason: why, revision, details: { isChecked } }]);
	return requireRevision(tx, name, revision);
}

async function advance(tx: Connection, asked: Advance): Promise<RuleRevision> {
	const { name, revision, to, by, why } = asked;
	const row = (await lockRule(tx, name)).find((one) => one.revision === revision);
	if (row === undefined) throw noSuchRule();
	const share = to === "canary" ? asked.share : 1;
	const step = stepTo(row, { stage: to, share });
	if (step === null) throw notAtStage(row.stage);
	const told = { on: name, by: person(by), reason: why, revision, details: { from: row.stage, to, share } };
	if (step === "asks") {
		await tx.rows(
			sql`INSERT INTO rule_requests (name, revision, stage, share, why, asked_by) VALUES (${name}, ${revision}, ${to}, ${share}, ${why}, ${by})
				ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, stage = excluded.stage, share = excluded.share, why = excluded.why,
					asked_by = excluded.asked_by, asked_at = DEFAULT`,
		);
		await appendActs(tx, [{ ...told, what: "rule-asked" }]);
		return requireRevision(tx, name, revision);
	}
	await move(tx, { name, revision, to, share, endsAt: asked.endsAt });
	await appendActs(tx, [{ ...told, what: "rule-advanced" }]);
	return requireRevision(tx, name, revision);
}

async function approve(
	tx: Connection,
	name: string,
	{ by, why }: { readonly by: UserId; readonly why: string | null },
): Promise<RuleRevision> {
	const row = (await lockRule(tx, name)).find(({ asked_by }) => asked_by !== null);
	if (row === undefined || row.asked_stage === null) throw noSuchRule();
	if (row.asked_by === by) throw new BreakwaterError("same-person");
	const { revision, stage: from, asked_stage: to, asked_share } = row;
	const share = asked_share ?? 1;
	await tx.rows(sql`DELETE FROM rule_requests WHERE name = ${name}`);
	await move(tx, { name, revision, to, share, endsAt: null });
	const told = { on: name, by: person(by), reason: why, revision, details: { from, to, share } };
	await appendActs(tx, [{ ...told, what: "rule-approved" }]);
	return requireRevision(tx, name, revision);
}

const shadowAgainMs = shadowDays * 86_400_000;

async function back(
	tx: Connection,
	name: string,
	{ by, why }: { readonly by: Doer; readonly why: string },
): Promise<RuleRevision> {
	const rows = await lockRule(tx, name);
	const step = stepBack(rows.map((one) => ({ ...one, wasLive: one.was_live })));
	if (step === null) throw rows.length === 0 ? noSuchRule() : notAtStage(rows[0]?.stage ?? "draft");
	await tx.rows(sql`DELETE FROM rule_requests WHERE name = ${name}`);
	const { revision, from, to, instead } = step;
	await move(tx, { name, revision, to, share: 1, endsAt: new Date(Date.now() + shadowAgainMs) });
	if (instead !== null) await move(tx, { name, revision: instead, to: "live", share: 1, endsAt: null });
	const told: NewAct = {
		what: "rule-taken-back",
		on: name,
		by,
		reason: why,
		revision,
		details: { from, to, share: 1 },
	};
	await appendActs(tx, [told]);
	return requireRevision(tx, name, instead ?? revision);
}

interface Move {
	readonly name: string;
	readonly revision: number;
	readonly to: RuleStage;
	readonly share: number;
	readonly endsAt: Date | null;
}

/** What stood at that stage before makes room. */
async function move(tx: Connection, { name, revision, to, share, endsAt }: Move): Promise<void> {
	await tx.rows(
		sql`UPDATE rule_stages SET stage = 'retired', share = 1, ends_at = NULL, since = now()
			WHERE name = ${name} AND revision <> ${revision} AND stage = ${to} AND stage <> 'retired'`,
	);
	await tx.rows(
		sql`UPDATE rule_stages SET stage = ${to}, share = ${share}, ends_at = ${to === "shadow" ? endsAt : null}, since = now(),
				was_live = was_live OR ${to === "live"}
			WHERE name = ${name} AND revision = ${revision}`,
	);
	await tx.rows(sql`SELECT pg_notify('rules', '')`);
}

function person(userId: UserId): Doer {
	return { kind: "person", userId };
}

export async function nameOf(tx: Connection, by: Doer): Promise<string> {
	if (by.kind !== "person") return by.kind === "named" ? by.by : "machine";
	const [found] = await tx.rows(sql`SELECT login FROM users WHERE id = ${by.userId}`, z.object({ login: column.text }));
	return found?.login ?? by.userId;
}

async function requireRevision(on: Connection, name: string, revision: number): Promise<RuleRevision> {
	const row = (await rowsOf(on, name)).find((one) => one.revision === revision);
	if (row === undefined) throw noSuchRule();
	return toRule(row);
}

function noSuchRule(): BreakwaterError {
	return new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "rule" }] });
}

function notAtStage(stage: RuleStage): BreakwaterError {
	return new BreakwaterError("not-decidable", { reasons: [{ code: "rule-at-stage", stage }] });
}
