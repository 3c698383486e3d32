// How a process starts, says how it is, and ends. Every process is a Runnable, alone or composed with others in one Node process.

import { createClosing } from "./closing.ts";
import { createStop } from "./create-stop.ts";
import { endingSignals } from "./ending-signals.ts";
import { errorCode } from "./error-code.ts";
import { onParentGone } from "./follow-parent.ts";
import type { Logger } from "./logger.ts";
import { explainAway, whyAway } from "./why-away.ts";

export interface Health {
	readonly isReady: boolean;
	/** One line per part: what it is waiting for, or `ok`. */
	readonly parts: Readonly<Record<string, string>>;
}

export interface Runnable extends AsyncDisposable {
	readonly name: string;
	/** Resolves once the process serves; its work goes on until it is disposed or `signal` aborts. */
	start(signal: AbortSignal): Promise<void>;
	health(): Promise<Health>;
}

/**
 * Runs until a signal, a failure, or `until` answers an exit code; then disposes, draining what is under way. For `leaveMs` before that, a process
 * that others send to still serves and only says that it is not ready, so that a load balancer looks elsewhere in time. A second
 * signal, or `drainMs` twice over, ends the process at once. Resolves with the exit code.
 */
export async function runUntilStopped(
	runnable: Runnable,
	options: {
		readonly logger: Logger;
		readonly drainMs: number;
		readonly leaveMs?: number;
		readonly until?: Promise<number>;
		/** Its end is a signal, too (follow-parent.ts). */
		readonly followsParent?: boolean;
		/** How whoever started this chooses another port than this one, which is taken. */
		readonly optionOfPort?: (port: number) => string;
	},
): Promise<number> {
	const stop = createStop();
	let exitCode = 0;
	let isSaid = false;
	const onSignal = (name: NodeJS.Signals) => {
		if (stop.signal.aborted) process.exit(130);
		options.logger.info({ event: "stopping", signal: name, drainMs: options.drainMs });
		stop.abort();
	};
	using _parent = options.followsParent === true ? onParentGone(() => onSignal("SIGTERM")) : null;
	const onFailure = (error: unknown) => {
		exitCode = 1;
		const port = takenPort(error);
		options.logger.error({ event: "failed", ...(port === null ? { err: error } : { reason: "port-taken", port }) });
		if (!isSaid) process.stderr.write(`breakwater: ${whyNotStarted(error, options.optionOfPort)}\n`);
		isSaid = true;
		stop.abort();
	};
	for (const name of endingSignals) process.on(name, onSignal);
	process.on("uncaughtException", onFailure).on("unhandledRejection", onFailure);
	const stopped = new Promise<void>((resolve) =>
		stop.signal.addEventListener("abort", () => resolve(), { once: true }),
	);
	try {
		await runnable.start(stop.signal);
		isSaid = true;
		if (!stop.signal.aborted) options.logger.info({ event: "started" });
		exitCode = (await Promise.race([stopped, options.until ?? stopped])) ?? exitCode;
	} catch (error) {
		onFailure(error);
	}
	const { leaveMs = 0 } = options;
	if (exitCode === 0) await new Promise((resolve) => setTimeout(resolve, leaveMs));
	const forced = setTimeout(() => process.exit(exitCode || 1), 2 * options.drainMs);
	try {
		await runnable[Symbol.asyncDispose]();
		options.logger.info({ event: "stopped" });
	} catch (error) {
		onFailure(error);
	} finally {
		clearTimeout(forced);
		for (const name of endingSignals) process.off(name, onSignal);
		process.off("uncaughtException", onFailure).off("unhandledRejection", onFailure);
	}
	return exitCode;
}

function takenPort(error: unknown): number | null {
	return errorCode(error) === "EADDRINUSE" && error instanceof Error && "port" in error ? Number(error.port) : null;
}

const listening = new Set(["listen", "bind", "getaddrinfo"]);

/** One sentence, beside the log's line, for whoever started it by hand. */
function whyNotStarted(error: unknown, optionOfPort?: (port: number) => string): string {
	const port = takenPort(error);
	if (port !== null)
		return `port ${port} is taken; choose another with ${optionOfPort?.(port) ?? "BREAKWATER_<PROCESS>_PORT"}`;
	const message = explainAway(error) ?? (error instanceof Error ? error.message : "it did not start");
	// An address that is none of this machine, a name that leads nowhere, a port that only root may take.
	const isOfAddress = error instanceof Error && "syscall" in error && listening.has(String(error.syscall));
	return isOfAddress ? `${message}; see BREAKWATER_HOST and the settings of ports` : message;
}

/** Several processes as one: started in order, disposed in reverse. */
export function together(name: string, runnables: readonly Runnable[]): Runnable {
	return {
		name,
		async start(signal) {
			for (const runnable of runnables) await runnable.start(signal);
		},
		async health() {
			const all = await Promise.all(
				runnables.map(async (runnable) => [runnable.name, await runnable.health()] as const),
			);
			return {
				isReady: all.every(([, health]) => health.isReady),
				parts: Object.fromEntries(
					all.flatMap(([owner, health]) =>
						Object.entries(health.parts).map(([part, text]) => [`${owner}.${part}`, text]),
					),
				),
			};
		},
		async [Symbol.asyncDispose]() {
			const closing = createClosing();
			for (const runnable of runnables) closing.keep(runnable);
			await closing[Symbol.asyncDispose]();
		},
	};
}

/** The part of health that fails once the process has been told to end: load balancers then send it nothing more. */
export function staying(signal: () => AbortSignal | null): () => void {
	return () => {
		if (signal()?.aborted === true) throw new Error("is being stopped");
	};
}

type Checks = Readonly<Record<string, () => Promise<unknown> | unknown>>;

/**
 * Health from checks that throw when something is wrong; each has 2 s. The process serves on without the parts that are `missed` while they do
 * not answer: they are told, and it stays ready, so that no balancer takes away what does work.
 */
export async function checkParts(needed: Checks, missed: Checks = {}): Promise<Health> {
	const parts = await Promise.all(
		Object.entries({ ...needed, ...missed }).map(async ([name, check]) => {
			const late = AbortSignal.timeout(2_000);
			try {
				await Promise.race([
					Promise.resolve().then(check),
					new Promise((_, reject) =>
						late.addEventListener("abort", () => reject(new Error("no answer within 2 s")), { once: true }),
					),
				]);
				return [name, "ok"] as const;
			} catch (error) {
				return [name, whyAway(error)] as const;
			}
		}),
	);
	const isReady = parts.every(([name, text]) => text === "ok" || !(name in needed));
	return { isReady, parts: Object.fromEntries(parts) };
}
