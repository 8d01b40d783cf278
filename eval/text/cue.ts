/**
 * A cue is something that can be seen or heard and that a description names: by channel, with a name that paraphrases
 * share ("furrowed brow", "眉头紧锁" → brow-lowered), and whether it is said to be there or not.
 */
export type Channel = 'facial' | 'vocal' | 'verbal';

export type Cue = {
  channel: Channel;
  /** `brow-lowered`, `loudness-up`; for words that are quoted, the quotation itself. */
  name: string;
  polarity: 'present' | 'absent';
};
