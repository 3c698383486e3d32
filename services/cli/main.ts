#!/usr/bin/env node
import { nameSourcesInStacks } from "../runtime/source-stacks.ts";
import { runCli } from "./program.ts";
import { watchOutput } from "./watch-output.ts";

nameSourcesInStacks();
watchOutput();
process.exitCode = await runCli(process.argv.slice(2));
