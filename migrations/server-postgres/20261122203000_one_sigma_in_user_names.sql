-- A name is the same wherever in a word its sigma stands. Where two accounts differ by that alone, the later keeps its form.
UPDATE accounts SET username_key = replace(username_key, 'ς', 'σ')
  WHERE username_key LIKE '%ς%'
    AND NOT EXISTS (SELECT FROM accounts other WHERE other.username_key = replace(accounts.username_key, 'ς', 'σ'));
