// The demonstration from beginning to end: seed, start, send, watch, sum up.
import { join } from "node:path";
import type { MediaExaminer } from "../core/ports/image-examiner.ts";
import type { Parts } from "../parts/parts.ts";
import { createClosing } from "../runtime/closing.ts";
import { type Runnable, together } from "../runtime/lifecycle.ts";
import type { Roles } from "../standalone/compose.ts";
import { appealAsUser } from "./appeal-as-user.ts";
import { askAsAuthority } from "./ask-as-authority.ts";
import { planFeed } from "./plan-feed.ts";
import { removeAsReviewer } from "./remove-as-reviewer.ts";
import { reportAsPublic } from "./report-as-public.ts";
import { startSamplePlatform } from "./sample-platform.ts";
import { seedDemo } from "./seed.ts";
import { sendFeed } from "./send-feed.ts";
import { describeSummary, type Summary, sumUp } from "./summary.ts";
import { watchProgress } from "./watch-progress.ts";

export interface DemoOptions {
	/** End after the summary. */
	readonly exits: boolean;
	readonly posts: number;
	readonly pictures: number;
	readonly itemsPerSecond: number;
	readonly isJson: boolean;
}

export interface DemoDeps {
	readonly parts: Parts;
	readonly roles: Roles;
	readonly hashPassword: (password: string) => Promise<string>;
	readonly openExaminer: () => MediaExaminer;
	readonly drawSample: (seed: number) => Promise<Uint8Array>;
	/** Makes one of the kinds of copies that people make: the `turn`-th, and round again. */
	readonly copySample: (picture: Uint8Array, turn: number) => Promise<Uint8Array>;
}

export type Demo = Runnable & {
	/** The exit code, once the summary is printed; never, unless the demonstration is to end by itself. */
	readonly finished: Promise<number>;
};

const settleWithinMs = 120_000;
/** One in each run: there are never as many. */
const mostAppeals = 1_000;

export function createDemo(deps: DemoDeps, options: DemoOptions): Demo {
	const { parts, roles } = deps;
	const closing = createClosing();
	const all = together("standalone", Object.values(roles));
	let finish: (exitCode: number) => void = () => undefined;
	const finished = new Promise<number>((resolve) => {
		finish = resolve;
	});

	const play = async (signal: AbortSignal): Promise<Summary> => {
		say(options, "preparing: platform, bank of benign pictures, login");
		const platform = closing.keep(await startSamplePlatform(join(parts.config.dataDir, "demo-port")));
		const feed = await planFeed(deps, options);
		const seed = await seedDemo(deps, platform, feed);
		await all.start(signal);
		const watch = watchProgress({ parts, platform, feed, isQuiet: options.isJson });
		await sendFeed({
			feed,
			intakeUrl: roles.intake?.url() ?? "",
			apiKey: seed.apiKey,
			source: seed.platform.source,
			itemsPerSecond: options.itemsPerSecond,
			watch,
			signal,
		});
		await watch.untilSettled(settleWithinMs, signal);
		watch.stop();
		const portalUrl = roles.portal?.url() ?? "";
		const wasAsked = await askAsAuthority({ parts, portalUrl, platform: seed.platform, feed });
		const receipts = await reportAsPublic(portalUrl, feed);
		const hasAppealed = await appealAsUser(portalUrl, feed, platform);
		const reviewUrl = roles.review?.url() ?? "";
		const hasAccountCase = await removeAsReviewer({ parts, reviewUrl, login: seed.login, feed, signal });
		const appeals = (await parts.stores.appeals.list({ isWaiting: true, limit: mostAppeals })).length;
		const deadlines = await parts.stores.clocks.counts(new Date(parts.clock.now()));
		return sumUp({
			...{ feed, platform, watch, wasAsked, receipts, hasAppealed, hasAccountCase, appeals, deadlines },
			reviewUrl,
			login: seed.login,
		});
	};

	return {
		name: "demo",
		finished,
		health: () => all.health(),
		async start(signal) {
			const summary = await play(signal);
			if (signal.aborted) return;
			process.stdout.write(`${options.isJson ? JSON.stringify(summary) : describeSummary(summary)}\n`);
			if (options.exits) finish(summary.isAsPlanned ? 0 : 1);
			else say(options, "Everything keeps running; Ctrl-C drains and stops.");
		},
		async [Symbol.asyncDispose]() {
			await all[Symbol.asyncDispose]();
			await closing[Symbol.asyncDispose]();
		},
	};
}

function say(options: DemoOptions, text: string): void {
	if (!options.isJson) process.stderr.write(`${text}\n`);
}
