import { expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { createPolicies, initialSet } from "../../../services/core/policy/policy.ts";
import { applyChange } from "../../../services/core/policy/policy-set.ts";
import type { Surface } from "../../../services/core/wire/item-event.ts";
import { createGatherContacts } from "../../../services/detector/steps/gather-contacts.ts";
import { createMemoryConversations } from "../../support/memory-conversations.ts";

const id = platformId.parse(uuidv7(0));

/** What is kept and said of a post on a surface, under a policy that says this of contacts there, while rules read these facts. */
async function gathered(
	surface: Surface,
	contacts: string | null,
	{ conversationId = "chat", reads = ["contacts.begun"] }: { conversationId?: string | null; reads?: string[] } = {},
) {
	const change = { overrides: [{ platform: id, surface, settings: { legalBasis: { contacts } } }] };
	const set = contacts === null ? initialSet : applyChange(initialSet, change);
	const conversations = createMemoryConversations();
	const step = createGatherContacts({
		...{ conversations, policies: createPolicies(set, 3), cases: { lastLetBe: async () => new Map() } },
		factsRead: () => new Set(reads),
	});
	const post = {
		text: "hello",
		authorId: "an",
		surface,
		...(conversationId !== null && { conversationId }),
		recipients: [{ accountId: "binh" }],
	};
	const event = { subject: "p1", time: null, accountCreated: null, post };
	const item = { surface, event, platform: { id }, country: null, record: { receivedAtMs: 0 }, signals: [] };
	// Only these are read.
	const result = await step(item as unknown as Parameters<typeof step>[0]);
	if (result.kind !== "next") throw new Error("expected the post to go on");
	return {
		kept: conversations.size(),
		said: result.value.signals.map(({ kind, of }) => (of === undefined ? kind : `${kind}: ${String(of)}`)),
	};
}

const nothing = { kept: 0, said: ["unexamined: contacts"] };
const counted = { kept: 1, said: ["contacts"] };

test("on private surfaces nothing is gathered unless the policy names a basis, and the verdict says so", async () => {
	expect(await gathered("direct", null)).toEqual(nothing);
	expect(await gathered("group", null)).toEqual(nothing);
	expect(await gathered("direct", "public")).toEqual(nothing);
	expect(await gathered("direct", "given")).toEqual(counted);
});

test("in public it is gathered, until the policy says that it may not be", async () => {
	expect(await gathered("public", null)).toEqual(counted);
	expect(await gathered("public", "missing")).toEqual(nothing);
});

test("a post that stands in no conversation is left as it is", async () => {
	expect(await gathered("public", null, { conversationId: null })).toEqual({ kept: 0, said: [] });
	expect(await gathered("direct", null, { conversationId: null })).toEqual({ kept: 0, said: [] });
});

test("what names no place elsewhere is noted, and its author's contacts are counted only for rules that read them", async () => {
	expect(await gathered("public", null, { reads: [] })).toEqual({ kept: 1, said: [] });
	expect(await gathered("public", null, { reads: ["account.items5m"] })).toEqual({ kept: 1, said: [] });
});
