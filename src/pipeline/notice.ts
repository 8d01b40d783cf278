/** What every explanation says of its own limits. Shown with each answer, in words a lay reader understands. */
export const NOTICE =
  'This describes how an expression is often read, from measured movements. It does not show what the person feels, ' +
  'thinks or intends, and readings differ between people, cultures and situations. ' +
  'Do not base decisions about a person on it without human review.';
