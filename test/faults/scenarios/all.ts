import type { Scenario } from "../scenario.ts";
import { containerBombs } from "./container-bombs.ts";
import { costlyPictures } from "./costly-pictures.ts";
import { deadlines } from "./deadlines.ts";
import { decoder } from "./decoder.ts";
import { kafka } from "./kafka.ts";
import { kills } from "./kills.ts";
import { machine } from "./machine.ts";
import { mediaHosts } from "./media-hosts.ts";
import { mediaStore } from "./media-store.ts";
import { platform } from "./platform.ts";
import { poisons } from "./poison.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import { textBombs } from "./text-bombs.ts";
import { uploads } from "./uploads.ts";
import { videos } from "./videos.ts";

/** Those that share their processes follow each other; the others come last. */
export const scenarios: readonly Scenario[] = [
	...kills,
	...kafka,
	...redis,
	...postgres,
	...platform,
	...mediaHosts,
	...mediaStore,
	...poisons,
	...textBombs,
	...decoder,
	...costlyPictures,
	...containerBombs,
	...uploads,
	...videos,
	...machine,
	...deadlines,
].toSorted((a, b) => rank(a) - rank(b));

function rank({ profile, conditions }: Scenario): number {
	if (conditions !== undefined) return 2;
	return profile === "cluster" ? 0 : 1;
}
