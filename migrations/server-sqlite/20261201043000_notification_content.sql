-- The most that notifications on people's desktops may say, whatever they choose for themselves.
ALTER TABLE clinic ADD COLUMN notification_content TEXT NOT NULL DEFAULT 'name_and_text'
  CHECK (notification_content IN ('nothing', 'name', 'name_and_text'));
