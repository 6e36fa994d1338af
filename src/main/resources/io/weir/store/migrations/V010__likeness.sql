-- Where the question of a call means the same as an earlier one's: which call that was, how much alike the
-- questions are, and, where the call was asked for all the same, how much alike the answers; both a cosine
-- in parts per million.
ALTER TABLE calls ADD COLUMN cache_call UUID;
ALTER TABLE calls ADD COLUMN cache_likeness_ppm BIGINT;
ALTER TABLE calls ADD COLUMN cache_answer_likeness_ppm BIGINT;
