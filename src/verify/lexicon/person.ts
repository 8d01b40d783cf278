/** Words that point at a person without saying which: only what is cited tells whose face is meant. */
export const POINTS_AT_SOMEBODY =
  /\b(?:he|she|his|her|hers|him|they|their|theirs|(?:man|woman|person|speaker|listener|caller|individual|figure|interviewer|interviewee|partner|colleague|friend|neighbour|neighbor)(?:'s|’s)?)\b/i;
