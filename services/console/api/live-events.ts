// Server-sent events. The browser reconnects by itself after a cut, but gives up after an answer that is no stream; then we ask
// again every few seconds, because a reviewer's page must not go stale in silence.
import { type LiveEvent, liveEvent } from "../../core/wire/review-api.ts";

/** `record-away`: the server answers, and cannot reach what it would answer from. */
export type ConnectionState = "connecting" | "live" | "lost" | "record-away";

const retryMs = 3_000;

export function followEvents(on: {
	readonly event: (event: LiveEvent) => void;
	readonly state: (state: ConnectionState) => void;
}): () => void {
	let source: EventSource | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const open = () => {
		on.state("connecting");
		const opened = new EventSource("/api/events");
		source = opened;
		opened.onopen = () => on.state("live");
		opened.onmessage = ({ data }) => {
			const parsed = liveEvent.safeParse(parseJson(data));
			if (!parsed.success) return;
			if (parsed.data.kind === "hello") on.state("live");
			if (parsed.data.kind === "record-away") on.state("record-away");
			on.event(parsed.data);
		};
		opened.onerror = () => {
			on.state("lost");
			if (opened.readyState !== EventSource.CLOSED) return;
			clearTimeout(timer);
			timer = setTimeout(open, retryMs);
		};
	};
	// A laptop that loses its network keeps the stream open until it times out: the browser knows earlier.
	const onOffline = () => on.state("lost");
	const onOnline = () => {
		clearTimeout(timer);
		source?.close();
		open();
	};
	window.addEventListener("offline", onOffline);
	window.addEventListener("online", onOnline);
	open();
	return () => {
		window.removeEventListener("offline", onOffline);
		window.removeEventListener("online", onOnline);
		clearTimeout(timer);
		source?.close();
	};
}

function parseJson(data: unknown): unknown {
	try {
		return typeof data === "string" ? JSON.parse(data) : null;
	} catch {
		return null;
	}
}
