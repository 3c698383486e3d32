// The page of a signed-in person: bar, screen, help. Owns the event stream, the clock and the way between screens.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CaseLane } from "../../core/ports/case-store.ts";
import type { LiveEvent, SessionAnswer } from "../../core/wire/review-api.ts";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { type ConnectionState, followEvents } from "../api/live-events.ts";
import type { ReviewClient } from "../api/review-client.ts";
import { type Desk, DeskContext } from "./console-context.ts";
import { HelpOverlay } from "./help-overlay.tsx";
import { hashOf, parseRoute, type Route, startFor } from "./route.ts";
import { Screen } from "./screen.tsx";
import { TopBar } from "./top-bar.tsx";

interface WorkplaceProps {
	readonly client: ReviewClient;
	readonly session: SessionAnswer;
	readonly onSession: (session: SessionAnswer) => void;
	readonly onLeft: (because: "ended" | "signed-out") => void;
}

export function Workplace({ client, session, onSession, onLeft }: WorkplaceProps) {
	const [route, go] = useRoute(session);
	const [lane, setLane] = useState<CaseLane | null>(null);
	const [isHelpOpen, setHelpOpen] = useState(false);
	const { connection, onLive, onBack, clock } = useLiveEvents(session, () => onLeft("ended"));
	const handedOver = useRef<WireCaseDetail | null>(null);

	const refreshSession = useCallback(() => {
		client.session().then(onSession, () => {});
	}, [client, onSession]);

	// Screens run effects on these: they must stay the same while the session's numbers change.
	const lasting = useMemo<Omit<Desk, "session" | "connection" | "may" | "lane">>(
		() => ({
			client,
			nowMs: clock,
			onLive,
			onBack,
			refreshSession,
			go,
			goToTaken(detail) {
				handedOver.current = detail;
				go({ name: "case", id: detail.id });
			},
			takeHandedOver(id) {
				const detail = handedOver.current;
				handedOver.current = null;
				return detail?.id === id ? detail : null;
			},
			showHelp: () => setHelpOpen(true),
			setLane,
		}),
		[client, clock, onLive, onBack, refreshSession, go],
	);
	const desk: Desk = {
		...lasting,
		session,
		connection,
		lane,
		may: (permission) => session.permissions.includes(permission),
	};

	const signOut = () => {
		go({ name: "start" });
		client.logOut().then(
			() => onLeft("signed-out"),
			() => onLeft("signed-out"),
		);
	};

	return (
		<DeskContext.Provider value={desk}>
			<TopBar route={route} onSignOut={signOut} />
			<Screen route={route} />
			{isHelpOpen && <HelpOverlay onClose={() => setHelpOpen(false)} />}
		</DeskContext.Provider>
	);
}

function useRoute(session: SessionAnswer): readonly [Route, (route: Route) => void] {
	const read = useCallback(() => {
		const route = parseRoute(location.hash);
		return route.name === "start" ? startFor(session.permissions) : route;
	}, [session.permissions]);
	const [route, setRoute] = useState(read);
	// Before the page is seen, so that no address is asked for while nobody listens.
	useLayoutEffect(() => {
		const onChange = () => setRoute(read());
		window.addEventListener("hashchange", onChange);
		return () => window.removeEventListener("hashchange", onChange);
	}, [read]);
	const go = useCallback((next: Route) => {
		location.hash = hashOf(next);
	}, []);
	return [route, go];
}

function useLiveEvents(session: SessionAnswer, onEnded: () => void) {
	const [connection, setConnection] = useState<ConnectionState>("connecting");
	const listeners = useRef(new Set<(event: LiveEvent) => void>());
	const hellos = useRef(0);
	const offsetMs = useRef(Date.parse(session.now) - Date.now());
	const ended = useRef(onEnded);
	ended.current = onEnded;
	useEffect(
		() =>
			followEvents({
				state: setConnection,
				event(event) {
					if (event.kind === "hello") {
						offsetMs.current = Date.parse(event.now) - Date.now();
						hellos.current += 1;
					}
					if (event.kind === "session-ended") ended.current();
					for (const listener of listeners.current) listener(event);
				},
			}),
		[],
	);
	const onLive = useCallback((listener: (event: LiveEvent) => void) => {
		listeners.current.add(listener);
		return () => {
			listeners.current.delete(listener);
		};
	}, []);
	const onBack = useCallback(
		(listener: () => void) => onLive(({ kind }) => kind === "hello" && hellos.current > 1 && listener()),
		[onLive],
	);
	const clock = useCallback(() => Date.now() + offsetMs.current, []);
	return { connection, onLive, onBack, clock };
}
