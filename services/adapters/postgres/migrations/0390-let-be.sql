-- When people last let be what an account writes (core/cases/cluster-key.ts).
CREATE INDEX cases_of_authors ON cases (cluster_key, decided_at) WHERE cluster_key LIKE 'author:%';
