// The policy: what is in force, what was, and proposals. One person proposes, another accepts; everybody who works here may read.
import { BreakwaterError } from "../core/errors.ts";
import type { UserId } from "../core/ids.ts";
import { comparePolicies } from "../core/policy/compare-policies.ts";
import { foretell, itemsForetold } from "../core/policy/foretell.ts";
import { unknownRevision } from "../core/policy/policy-history.ts";
import { applyChange, parsePolicySet } from "../core/policy/policy-set.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import type { PolicyProposal, PolicyRevision, PolicyStore } from "../core/ports/policy-store.ts";
import type { VerdictStore } from "../core/ports/verdict-store.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import {
	acceptPolicyRequest,
	newPolicyProposalRequest,
	policyAnswer,
	policyHistoryAnswer,
	policyHistoryQuery,
	policyOutlookAnswer,
	policyProposalParams,
	policyRevisionParams,
	rejectPolicyRequest,
	wirePolicyProposal,
	wirePolicyRevision,
} from "../core/wire/policy-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { showHistory, showProposal, showRevision } from "./show-policy.ts";

export interface PolicyRouteDeps {
	readonly guard: Guard;
	readonly policy: PolicyStore;
	readonly platforms: Pick<PlatformStore, "list">;
	readonly verdicts: Pick<VerdictStore, "recent">;
	readonly signalCatalogue: SignalCatalogue;
}

const tags = ["policy"];
const mostShown = 50;

export function registerPolicyRoutes(server: HttpServer, deps: PolicyRouteDeps): void {
	addReadingRoutes(server, deps);
	addProposing(server, deps);
	addDeciding(server, deps);
	addOutlook(server, deps);
}

function addReadingRoutes(server: HttpServer, { guard, policy, platforms }: PolicyRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/policy",
		schema: {
			tags,
			summary: "The revision in force, and the proposals that wait for another person",
			response: { 200: policyAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => {
			const { id } = guard.sessionOf(request).user;
			const [[inForce], proposals, all] = await Promise.all([
				showHistory(policy, { before: null, limit: 1 }),
				policy.proposals({ state: "open", limit: mostShown }),
				platforms.list(),
			]);
			if (inForce === undefined) throw new BreakwaterError("internal");
			return {
				inForce,
				proposals: await Promise.all(
					proposals.map((one) => show(policy, one, { viewer: id, inForce: inForce.revision })),
				),
				platforms: all.map((one) => ({ id: one.id, name: one.name })),
			};
		},
	});
	server.route({
		method: "GET",
		url: "/api/policy/revisions",
		schema: {
			tags,
			summary: "All revisions, newest first, each with what it changed",
			querystring: policyHistoryQuery,
			response: { 200: policyHistoryAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => {
			const { before = null, limit } = request.query;
			return { revisions: [...(await showHistory(policy, { before, limit }))] };
		},
	});
	server.route({
		method: "GET",
		url: "/api/policy/revisions/:revision",
		schema: {
			tags,
			summary: "One revision, as verdicts name it",
			params: policyRevisionParams,
			response: { 200: wirePolicyRevision, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => {
			const { revision } = request.params;
			const [found] = await showHistory(policy, { before: revision + 1, limit: 1 });
			if (found?.revision !== revision) throw unknownRevision(revision);
			return found;
		},
	});
}

function addProposing(server: HttpServer, { guard, policy }: PolicyRouteDeps): void {
	server.route({
		method: "POST",
		url: "/api/policy/proposals",
		schema: {
			tags,
			summary: "Propose another policy; nothing changes until another person accepts",
			description:
				"What differs, the whole, or an older revision. Where `base` is given and another revision is in force, it is refused as `policy-stale`.",
			body: newPolicyProposalRequest,
			response: { 201: wirePolicyProposal, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request, reply) => {
			const { id: by } = guard.sessionOf(request).user;
			const { base, why, what } = request.body;
			const proposal = { base, why, by };
			const made =
				what.kind === "revert"
					? await policy.proposeRevert(what.to, proposal)
					: await policy.propose({
							...proposal,
							make: ({ set }) => (what.kind === "whole" ? parsePolicySet(what.set) : applyChange(set, what.change)),
						});
			return reply.status(201).send(await showAlone(policy, made, by));
		},
	});
}

function addDeciding(server: HttpServer, { guard, policy }: PolicyRouteDeps): void {
	server.route({
		method: "POST",
		url: "/api/policy/proposals/:id/accept",
		schema: {
			tags,
			summary:
				"Put another person's proposal in force; every process follows within a second, and verdicts name the revision",
			params: policyProposalParams,
			body: acceptPolicyRequest,
			response: { 200: wirePolicyRevision, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request) => {
			const { id: by } = guard.sessionOf(request).user;
			const accepted = await policy.accept(request.params.id, by, request.body.why);
			const before = await requireRevision(policy, accepted.revision - 1);
			return showRevision(accepted, comparePolicies(before.set, accepted.set));
		},
	});
	server.route({
		method: "POST",
		url: "/api/policy/proposals/:id/reject",
		schema: {
			tags,
			summary: "Decide against a proposal, or take one's own back",
			params: policyProposalParams,
			body: rejectPolicyRequest,
			response: { 200: wirePolicyProposal, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request) => {
			const { id: by } = guard.sessionOf(request).user;
			return showAlone(policy, await policy.reject(request.params.id, by, request.body.why), by);
		},
	});
}

function addOutlook(server: HttpServer, { guard, policy, verdicts, signalCatalogue }: PolicyRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/policy/proposals/:id/outlook",
		schema: {
			tags,
			summary: `What it would have made of the last ${itemsForetold} items, judged again from their recorded signals`,
			params: policyProposalParams,
			response: { 200: policyOutlookAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => {
			const proposal = await policy.findProposal(request.params.id);
			if (proposal === null)
				throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "proposal" }] });
			const base = await requireRevision(policy, proposal.base);
			const { items, moved, reordered } = foretell(
				await verdicts.recent(itemsForetold),
				{ now: base.set, proposed: proposal.set },
				signalCatalogue,
			);
			return { items, moved: moved.map((one) => ({ ...one })), reordered };
		},
	});
}

async function showAlone(policy: PolicyStore, proposal: PolicyProposal, viewer: UserId) {
	const { revision: inForce } = await policy.current();
	return show(policy, proposal, { viewer, inForce });
}

async function show(
	policy: PolicyStore,
	proposal: PolicyProposal,
	to: { readonly viewer: UserId; readonly inForce: number },
) {
	return showProposal(proposal, { base: await requireRevision(policy, proposal.base), ...to });
}

async function requireRevision(policy: PolicyStore, revision: number): Promise<PolicyRevision> {
	const found = await policy.find(revision);
	if (found === null) throw unknownRevision(revision);
	return found;
}
