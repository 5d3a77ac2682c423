-- A sigma at the end of a name is the same letter as one within it (username.rs). Where two accounts differ by that
-- alone, the later keeps the form it has.
UPDATE OR IGNORE accounts SET username_key = replace(username_key, 'ς', 'σ') WHERE username_key LIKE '%ς%';
