import { formatDuration } from "../format/time.ts";
import { focusContent } from "../parts/focus-content.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { useDesk, usePreferences, useWords } from "./console-context.ts";
import { LanguageSwitch } from "./language-switch.tsx";
import { hashOf, neededPermission, type Route } from "./route.ts";

/** Screens of one thing stand under the screen of all. */
const parentOf: Readonly<Partial<Record<Route["name"], Route["name"]>>> = {
	case: "queue",
	bank: "banks",
	report: "reports",
	rule: "rules",
};

export function TopBar({ route, onSignOut }: { readonly route: Route; readonly onSignOut: () => void }) {
	const words = useWords();
	const { session, may, connection, showHelp } = useDesk();
	const links = (
		[
			[{ name: "queue" }, words.shell.nav.queue],
			[{ name: "due" }, words.shell.nav.due],
			[{ name: "requests" }, words.shell.nav.requests],
			[{ name: "reports" }, words.shell.nav.reports],
			[{ name: "now" }, words.shell.nav.now],
			[{ name: "trends" }, words.shell.nav.trends],
			[{ name: "banks" }, words.shell.nav.banks],
			[{ name: "models" }, words.shell.nav.models],
			[{ name: "rules" }, words.shell.nav.rules],
			[{ name: "policy", revision: null }, words.shell.nav.policy],
			[{ name: "stuck", kind: "dead-letter" }, words.shell.nav.stuck],
			[{ name: "log" }, words.shell.nav.log],
		] as const
	).filter(([{ name }]) => may(neededPermission[name]));
	const current = parentOf[route.name] ?? route.name;
	return (
		<header class="top-bar">
			<button type="button" class="skip-link" onClick={focusContent}>
				{words.shell.skipToContent}
			</button>
			<span class="wordmark">{words.shell.name}</span>
			<nav aria-label={words.shell.nav.label}>
				{links.map(([to, label]) => (
					<a key={to.name} href={hashOf(to)} aria-current={current === to.name ? "page" : undefined}>
						{label}
					</a>
				))}
			</nav>
			<div class="top-bar-side">
				{may("case:reveal") && <Exposure />}
				<span class={`connection connection-${connection}`} role="status">
					{connection === "live" ? words.shell.connection.live : null}
					{connection === "connecting" ? words.shell.connection.connecting : null}
					{connection === "lost" ? words.shell.connection.lost : null}
				</span>
				<button type="button" class="link-button" onClick={showHelp}>
					{words.shell.keys} <KeyHint of="?" />
				</button>
				<LanguageSwitch isShort />
				<details class="account">
					<summary>{session.user.displayName}</summary>
					<div class="account-menu">
						<p class="quiet">{session.user.roles.map((role) => words.terms.role[role]).join(", ")}</p>
						<ZoneChoice />
						<button type="button" class="button" onClick={onSignOut}>
							{words.shell.signOut}
						</button>
					</div>
				</details>
			</div>
			{connection === "lost" && (
				<p class="notice notice-problem offline-line" role="alert">
					{words.shell.connection.lostHint}
				</p>
			)}
		</header>
	);
}

/** For the person's own welfare; nobody else sees it here. */
function Exposure() {
	const words = useWords();
	const { views, seconds } = useDesk().session.exposure;
	return (
		<span class="exposure" title={words.shell.exposure.label}>
			<span class="exposure-label">{words.shell.exposure.label}: </span>
			<span class="numbers">
				{views === 0
					? words.shell.exposure.none
					: words.shell.exposure.some(views, formatDuration(seconds * 1_000, words.terms.time))}
			</span>
		</span>
	);
}

function ZoneChoice() {
	const { words, isDeviceZone, setDeviceZone } = usePreferences();
	return (
		<label class="field">
			<span>{words.shell.zone.label}</span>
			<select
				value={isDeviceZone ? "device" : "default"}
				onChange={(event) => setDeviceZone(event.currentTarget.value === "device")}
			>
				<option value="default">{words.shell.zone.default}</option>
				<option value="device">{words.shell.zone.device}</option>
			</select>
		</label>
	);
}
