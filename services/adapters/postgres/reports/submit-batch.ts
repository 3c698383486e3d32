/**
 * Reports share a transaction when many come at once. PostgreSQL commits those that tell others one after another, each once it is on
 * disk: with one report in each, some 200 a second are all that go through.
 */
export const submitBatch = { maxSize: 100, maxWaitMs: 5, concurrency: 2 } as const;
