-- What hashes of type vpdq name: the PDQ, quality and moment of each frame (core/hashes/vpdq/video-frames.ts packs them). The hash is made
-- of them, so that a row never changes; entries, imports and history name it.
CREATE TABLE video_frames (
	hash bytea PRIMARY KEY CHECK (length(hash) = 32),
	frames bytea NOT NULL CHECK (length(frames) > 0)
);
-- How much of a video's frames must be among a known one's, and of the known one's among the video's.
ALTER TABLE banks ADD COLUMN video_share_of_item double precision NOT NULL DEFAULT 0.8 CHECK (video_share_of_item BETWEEN 0 AND 1);
ALTER TABLE banks ADD COLUMN video_share_of_entry double precision NOT NULL DEFAULT 0 CHECK (video_share_of_entry BETWEEN 0 AND 1);
