-- When the asker put another question, or another try at an answer, in the place of this message. It is out of the
-- conversation from then on, and stays for those who look after the answers.
alter table message add column superseded_at timestamptz;
