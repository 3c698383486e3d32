import { expect, test } from "@jest/globals";
import { clusterIdOf } from "../../../../services/core/clusters/cluster-id.ts";
import { caseId, uuidv7 } from "../../../../services/core/ids.ts";
import { awaitingCase, isKept, specimenFor } from "../../../../services/core/outbreaks/specimen.ts";
import { subjectText } from "../../../../services/core/outbreaks/subject.ts";
import { surfaces } from "../../../../services/core/wire/item-event.ts";

const [thing, like] = [clusterIdOf(new Uint8Array(32).fill(1)), clusterIdOf(new Uint8Array(32).fill(2))];
const [ofThing, ofPage, ofDomain] = [1, 2, 3].map((ms) => caseId.parse(uuidv7(ms)));
const waiting = new Map([
	[`cluster:${thing}`, ofThing],
	["link:shop.example/0a1b", ofPage],
	["domain:news.example", ofDomain],
]);
const awaited = { caseOf: (subject: Parameters<typeof subjectText>[0]) => waiting.get(subjectText(subject)) ?? null };
const item = { surface: "public", memberships: [], links: [] } as const;
const confirmed = (clusterId: typeof thing) => ({ clusterId, degree: "confirmed" }) as const;

test("an item is kept for the case of what it is one thing with, or of where it links to, while that case waits", () => {
	expect(awaitingCase({ ...item, memberships: [confirmed(thing)] }, awaited)).toBe(ofThing);
	expect(awaitingCase({ ...item, links: ["shop.example/0a1b"] }, awaited)).toBe(ofPage);
	expect(awaitingCase({ ...item, links: ["news.example/77"] }, awaited)).toBe(ofDomain);
	expect(awaitingCase({ ...item, memberships: [confirmed(like)], links: ["shop.example/9c"] }, awaited)).toBeNull();
});

test("what only looks like it is kept for nobody, nor is what is said where not everybody reads along", () => {
	expect(awaitingCase({ ...item, memberships: [{ clusterId: thing, degree: "suggested" }] }, awaited)).toBeNull();
	for (const surface of surfaces)
		expect(awaitingCase({ ...item, surface, memberships: [confirmed(thing)] }, awaited)).toBe(
			surface === "public" ? ofThing : null,
		);
});

test("content is kept of what people must see, and of a specimen; what people must see anyway is nobody's specimen", () => {
	const of = ofThing ?? null;
	expect([isKept("none", null), isKept("review", null), isKept("withhold", null), isKept("none", of)]).toEqual([
		...[false, true, true, true],
	]);
	expect([specimenFor("none", of), specimenFor("review", of), specimenFor("withhold", of)]).toEqual([of, null, null]);
});
