// `rotate-key` of platforms, reporters and authorities: a new key at once, and the former ones end then or later.
import type { Command } from "commander";
import type { KeyRotation } from "../core/ports/key-rotation.ts";
import type { Parts } from "../parts/parts.ts";
import { hashOfKey, type KeyHolderKind, newKey } from "../runtime/bearer-key.ts";
import { withParts } from "./lazy-compose.ts";
import { type ByOptions, doerOf, withBy } from "./operator-name.ts";
import { print } from "./output.ts";
import { parseCount } from "./parse-options.ts";

interface RotateOptions extends ByOptions {
	readonly overlap?: number;
}

/** Gives the holder of that name another key; throws where there is none. */
type Rotate = (stores: Parts["stores"], name: string, key: Buffer, rotation: KeyRotation) => Promise<void>;

const hourMs = 3_600_000;

export function addRotateKey(of: Command, kind: KeyHolderKind, rotate: Rotate): void {
	withBy(of.command("rotate-key"))
		.description("Print a new key; all former ones end at once, or after some hours in which both open")
		.argument("<name>", kind)
		.option("--overlap <hours>", "how long former keys still open", parseCount)
		.action(async (name: string, options: RotateOptions, command: Command) => {
			const key = newKey(kind, name);
			const formerUntil = await withParts(async ({ stores, clock }) => {
				const { overlap } = options;
				const until = overlap === undefined ? null : new Date(clock.now() + overlap * hourMs);
				await rotate(stores, name, hashOfKey(key), { formerUntil: until, by: doerOf(options) });
				return until;
			});
			print(command, { name, apiKey: key, formerUntil }, () => {
				const former =
					formerUntil === null ? "are revoked" : `open until ${formerUntil.toISOString()}, and nothing after that`;
				return `all former keys of ${name} ${former}; the new one is not shown again\n  API key  ${key}`;
			});
		});
}
