import type { Scenario } from "../scenario.ts";
import { kafka } from "./kafka.ts";
import { kills } from "./kills.ts";
import { platform } from "./platform.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";

export const scenarios: readonly Scenario[] = [...kills, ...kafka, ...redis, ...postgres, ...platform];
