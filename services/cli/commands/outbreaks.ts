// Outbreaks: what spreads faster than it should, with its picture. Numbers only; what it is shows in its case.
import type { Command } from "commander";
import { outbreakId } from "../../core/ids.ts";
import { standingOut } from "../../core/outbreaks/outbreak.ts";
import type { Outbreak, OutbreakPicture } from "../../core/ports/outbreak-store.ts";
import { outbreakWordsEn as words } from "../../words/outbreak-words.ts";
import { withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { parseCount } from "../parse-options.ts";
import { parseId, unknownId } from "../unknown-id.ts";

const listed = { what: "outbreak", list: "outbreaks list" };

export function addOutbreakCommands(program: Command): void {
	const outbreaks = program
		.command("outbreaks")
		.description("Outbreaks: what many distinct accounts send within minutes or hours, beyond what is usual for it");
	outbreaks
		.command("list")
		.description("List outbreaks, those that go on first")
		.option("--limit <n>", "how many at most", parseCount, 20)
		.action(async ({ limit }: { readonly limit: number }, command: Command) => {
			const found = await withParts(({ stores }) => stores.outbreaks.list(limit));
			print(command, found, describeAll);
		});
	outbreaks
		.command("show")
		.argument("<id>", "one of `outbreaks list`")
		.description("Show how an outbreak grew, on which platforms, and what became of its items")
		.action(async (text: string, _, command: Command) => {
			const id = parseId(outbreakId, text, listed);
			const shown = await withParts(async ({ stores }) => {
				const outbreak = await stores.outbreaks.find(id);
				if (outbreak === null) throw unknownId(listed, text);
				return { ...outbreak, picture: await stores.outbreaks.picture(id) };
			});
			print(command, shown, describeOne);
		});
}

function describeAll(outbreaks: readonly Outbreak[]): string {
	const rows = outbreaks.map((one) => {
		const { voices, expected } = standingOut(one.alert);
		return [
			...[one.id, one.foundAt.toISOString(), words.subjects[one.subject.kind]],
			...[voices, expected.toFixed(2), `${one.alert.inSeconds / 60} min`, one.caseId],
			...[one.caseId === null ? null : words.spread[one.spread], one.ended?.because ?? "goes on"],
		];
	});
	return table(["id", "found", "of", "distinct", "expected", "within", "case", "spread", "state"], rows);
}

function describeOne(outbreak: Outbreak & { readonly picture: OutbreakPicture }): string {
	const { subject, alert, latest, picture, ended } = outbreak;
	const { voices, expected } = standingOut(alert);
	const share = latest.newShare === null ? "–" : `${Math.round(100 * latest.newShare)} %`;
	return [
		`of             ${words.subjects[subject.kind]} (${outbreak.label})`,
		`found          ${outbreak.foundAt.toISOString()}: ${voices} distinct within ${alert.inSeconds / 60} min, ${expected.toFixed(2)} expected`,
		`first seen     ${picture.firstSeenAt?.toISOString() ?? "–"}`,
		`case           ${outbreak.caseId ?? "–"}`,
		`spread         ${outbreak.caseId === null ? "–" : words.spread[outbreak.spread]}${outbreak.itemsAhead === 0 ? "" : `; ${outbreak.itemsAhead} items still ahead`}`,
		`state          ${ended === null ? "goes on" : `ended ${ended.at.toISOString()}: ${words.ends[ended.because]}`}`,
		`items          ${describeItems(picture)}; new accounts ${share}`,
		`now            ${Object.entries(picture.states)
			.map(([state, items]) => `${items} ${state}`)
			.join(", ")}`,
		"",
		table(
			["window", "items", "distinct", "expected"],
			latest.windows.map((one) => [`${one.seconds / 60} min`, one.sightings, one.voices, one.expected.toFixed(2)]),
		),
		"",
		table(
			["platform", "items", "accounts"],
			picture.platforms.map(({ name, items, accounts }) => [name, items, accounts]),
		),
		"",
		table(
			["minute", "items", "accounts"],
			picture.curve.map(({ at, items, accounts }) => [at.toISOString(), items, accounts]),
		),
	].join("\n");
}

function describeItems({ items, isMore, accounts }: OutbreakPicture): string {
	return items === 0 ? "no longer kept" : `${isMore ? "at least " : ""}${items} of ${accounts} accounts`;
}
