-- What a file's counts are counts of (core/history/history-counts.ts); null where it is not counted, or was by a version before this.
ALTER TABLE history_files ADD COLUMN counts_version smallint;
