import type { ComponentChildren } from "preact";
import { formatAbsolute, formatAgo, formatCountdown, formatDuration, formatShort } from "../format/time.ts";
import { useNow } from "../hooks/use-now.ts";
import { usePreferences } from "../shell/console-context.ts";

/** `3 min ago`, the moment itself on hover. */
export function Ago({ at }: { readonly at: string }) {
	const { words, zone } = usePreferences();
	const date = new Date(at);
	return (
		<time dateTime={at} title={formatAbsolute(date, zone)}>
			{formatAgo(date, useNow(5_000), words.terms.time)}
		</time>
	);
}

/** How long it has been waiting, `3 min`. */
export function Age({ at }: { readonly at: string }) {
	const { words, zone } = usePreferences();
	const date = new Date(at);
	return (
		<time dateTime={at} title={formatAbsolute(date, zone)}>
			{formatDuration(useNow(5_000) - date.getTime(), words.terms.time)}
		</time>
	);
}

/** The time of day, with the date where it is not today; day, zone and seconds on hover. */
export function ClockTime({ at }: { readonly at: string }) {
	const { zone } = usePreferences();
	const date = new Date(at);
	return (
		<time dateTime={at} title={formatAbsolute(date, zone)}>
			{formatShort(date, useNow(60_000), zone)}
		</time>
	);
}

export function Moment({ at }: { readonly at: string }) {
	const { zone } = usePreferences();
	return <time dateTime={at}>{formatAbsolute(new Date(at), zone)}</time>;
}

export function Countdown({ untilMs }: { readonly untilMs: number }) {
	const now = useNow(250);
	return <span class="numbers">{formatCountdown(untilMs - now)}</span>;
}

interface AroundProps {
	readonly sentence: (moment: string) => string;
	readonly children: ComponentChildren;
}

/** A sentence that leaves a place to what is drawn anew as time goes on: {@link Ago}, or {@link Age}. */
export function Around({ sentence, children }: AroundProps) {
	const [before = "", after = ""] = sentence("\u0000").split("\u0000");
	return (
		<>
			{before}
			{children}
			{after}
		</>
	);
}
