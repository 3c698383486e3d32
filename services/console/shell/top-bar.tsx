import { formatDuration } from "../format/time.ts";
import { focusContent } from "../parts/focus-content.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { Menu } from "../parts/menu.tsx";
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

/** What most people work with stands by itself; the rest in a menu each, or by itself where somebody may open only one of a menu. */
const places = [
	{ group: null, screens: [{ name: "queue" }, { name: "due" }] },
	{ group: "outside", screens: [{ name: "reports" }, { name: "requests" }] },
	{
		group: "state",
		screens: [
			{ name: "now" },
			{ name: "outbreaks" },
			{ name: "trends" },
			{ name: "stuck", kind: "dead-letter" },
			{ name: "log" },
		],
	},
	{
		group: "grounds",
		screens: [{ name: "banks" }, { name: "models" }, { name: "rules" }, { name: "policy", revision: null }],
	},
] as const;

export function TopBar({ route, onSignOut }: { readonly route: Route; readonly onSignOut: () => void }) {
	const words = useWords();
	const { session, may, connection, showHelp } = useDesk();
	const { nav } = words.shell;
	const current = parentOf[route.name] ?? route.name;
	return (
		<header class="top-bar">
			<button type="button" class="skip-link" onClick={focusContent}>
				{words.shell.skipToContent}
			</button>
			<span class="wordmark">{words.shell.name}</span>
			<nav aria-label={nav.label}>
				{places.map(({ group, screens }) => {
					const open = screens.filter(({ name }) => may(neededPermission[name]));
					const links = open.map((to) => (
						<a key={to.name} href={hashOf(to)} aria-current={current === to.name ? "page" : undefined}>
							{nav[to.name]}
						</a>
					));
					if (group === null || links.length < 2) return links;
					return (
						<Menu
							key={group}
							class="nav-group"
							label={nav.groups[group]}
							isCurrent={open.some(({ name }) => name === current)}
						>
							{links}
						</Menu>
					);
				})}
			</nav>
			<div class="top-bar-side">
				{may("case:reveal") && <Exposure />}
				<span class={`connection connection-${connection}`} role="status">
					{words.shell.connection.states[connection]}
				</span>
				<button type="button" class="link-button" title={words.shell.keys} onClick={showHelp}>
					<span class="keys-name">{words.shell.keys}</span> <KeyHint of="?" />
				</button>
				<LanguageSwitch isShort />
				<Menu class="account" label={session.user.displayName}>
					<p class="quiet">{session.user.roles.map((role) => words.terms.role[role]).join(", ")}</p>
					<ZoneChoice />
					<button type="button" class="button" onClick={onSignOut}>
						{words.shell.signOut}
					</button>
				</Menu>
			</div>
			{(connection === "lost" || connection === "record-away") && (
				<p class="notice notice-problem offline-line" role="alert">
					{words.shell.connection.hints[connection]}
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
