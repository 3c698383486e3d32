#!/usr/bin/env node
import { runCli } from "./program.ts";
import { watchOutput } from "./watch-output.ts";

watchOutput();
process.exitCode = await runCli(process.argv.slice(2));
