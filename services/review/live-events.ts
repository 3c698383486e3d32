// Tells open pages what changed, within a second, by server-sent events. A page that missed something (asleep, reconnecting) reads
// again; nothing is replayed.
import type { CaseId } from "../core/ids.ts";
import { isAllowed } from "../core/people/user.ts";
import type { CaseNotice, CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { LiveEvent } from "../core/wire/review-api.ts";
import type { Session, Sessions } from "../runtime/http/sessions.ts";
import type { Logger } from "../runtime/logger.ts";
import { showLanes } from "./case-routes.ts";

/** One open page. */
interface Listener {
	readonly session: Session;
	readonly send: (text: string) => void;
	readonly end: () => void;
}

export interface LiveEvents extends AsyncDisposable {
	/** Answers how to stop listening. */
	add(listener: Listener): () => void;
	readonly listeners: number;
}

/** Proxies cut connections that say nothing; sessions are looked up again as often. */
const pulseMs = 15_000;
/** A flood of changes is one look at the lanes. */
const lanesEveryMs = 200;

export async function openLiveEvents(deps: {
	readonly cases: Pick<CaseStore, "onChanged" | "lanes">;
	readonly sessions: Pick<Sessions, "isOpen">;
	readonly clock: Clock;
	readonly logger: Logger;
}): Promise<LiveEvents> {
	const { cases, sessions, clock, logger } = deps;
	const listeners = new Set<Listener>();
	let lanesTimer: NodeJS.Timeout | null = null;
	let isRecordAway = false;

	const toAll = (event: LiveEvent, isFor: (listener: Listener) => boolean = () => true) => {
		const text = format(event);
		for (const listener of listeners) if (isFor(listener)) listener.send(text);
	};
	const sendLanes = async () => {
		lanesTimer = null;
		try {
			toAll({ kind: "lanes-changed", lanes: await showLanes(cases) });
		} catch (error) {
			logger.warn({ event: "lanes-unknown", err: error });
		}
	};
	const hello = (): LiveEvent => ({ kind: "hello", now: new Date(clock.now()).toISOString() });
	const onChanged = (caseId: CaseId) => {
		if (listeners.size === 0) return;
		toAll({ kind: "case-changed", caseId }, ({ session }) => isAllowed(session.user, "case:read"));
		lanesTimer ??= setTimeout(sendLanes, lanesEveryMs);
	};
	const onNotice = (notice: CaseNotice) => {
		if (notice.kind === "changed") return onChanged(notice.id);
		isRecordAway = notice.kind === "away";
		toAll(isRecordAway ? { kind: "record-away" } : hello());
	};
	const end = (listener: Listener) => {
		listeners.delete(listener);
		listener.end();
	};
	/** A record that cannot be reached is no reason to send people away. */
	const keepOrEnd = async (listener: Listener) => {
		listener.send(": still here\n\n");
		const isOpen = await sessions.isOpen(listener.session).catch(() => true);
		if (isOpen || !listeners.has(listener)) return;
		listener.send(format({ kind: "session-ended" }));
		end(listener);
	};

	const subscription = await cases.onChanged(onNotice);
	const pulse = setInterval(() => {
		for (const listener of listeners) void keepOrEnd(listener);
	}, pulseMs);
	return {
		add(listener) {
			listeners.add(listener);
			listener.send(`retry: 1000\n\n${format(hello())}`);
			if (isRecordAway) listener.send(format({ kind: "record-away" }));
			return () => listeners.delete(listener);
		},
		get listeners() {
			return listeners.size;
		},
		async [Symbol.asyncDispose]() {
			clearInterval(pulse);
			if (lanesTimer !== null) clearTimeout(lanesTimer);
			for (const listener of listeners) end(listener);
			await subscription[Symbol.asyncDispose]();
		},
	};
}

function format(event: LiveEvent): string {
	return `data: ${JSON.stringify(event)}\n\n`;
}
