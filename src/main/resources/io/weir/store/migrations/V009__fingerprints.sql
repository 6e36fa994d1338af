-- By what equal requests, and prompts that begin alike, are known: hashes under the installation's own key.
-- prompt_beginnings are those of the first 4, 6, 8, 12, 16 and so on KB of the prompt. Null in calls that
-- have none.
ALTER TABLE calls ADD COLUMN request_fingerprint BIGINT;
ALTER TABLE calls ADD COLUMN prompt_beginnings BIGINT[];
