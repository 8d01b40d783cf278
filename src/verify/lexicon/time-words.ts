import type { LexiconEntry } from './sense.ts';

/** Events of a movement, their order, and how long they last. */
export const TIME_LEXICON: readonly LexiconEntry[] = [
  {
    sense: { kind: 'event', event: 'onset' },
    phrases: ['onset*', 'start~', 'starts', 'begin', 'begins', 'began', 'begun', 'beginning', 'set in', 'sets in', 'setting in', 'appear~', 'emerge~', 'come in', 'comes in', 'came in', 'kick in', 'kicks in', 'set off', 'break out', 'breaks out', 'onsets', 'sets on', 'come on', 'comes on', 'arrive~', 'surface~', 'first seen', 'first visible', 'enter~', 'first appears', 'first appear', 'sprout~', 'start up', 'as of', 'starting', 'commence~'],
  },
  {
    sense: { kind: 'event', event: 'apex' },
    phrases: ['apex', 'apexes', 'apices', 'peak~', 'peak', 'peaks', 'peaking', 'strongest', 'at its strongest', 'at their strongest', 'at its height', 'at their height', 'climax~', 'culminate~', 'crest~', 'maximum at', 'highest at', 'reaches its maximum', 'reach~ maximum', 'reach~ a maximum', 'at its fullest', 'at full', 'tops out', 'top out', 'reaches its highest', 'greatest', 'at its deepest', 'at its widest', 'at its most'],
  },
  {
    sense: { kind: 'event', event: 'offset' },
    phrases: ['offset*', 'end', 'ends', 'ended', 'ending', 'fade~', 'fades', 'fading', 'disappear~', 'vanish~', 'cease~', 'subside~', 'die away', 'dies away', 'gone', 'gone by', 'release~', 'over by', 'let go', 'lets go', 'die down', 'dies down', 'wane~', 'stop~', 'stops', 'finish~', 'melt~', 'melts away', 'dissolve~', 'dissipate~', 'drop away', 'drops away', 'drop off', 'drops off', 'is over', 'are over', 'tail~ off', 'fall~ away', 'falls away', 'ebb~', 'back to neutral', 'back to rest', 'returns to rest', 'return to neutral', 'returns to neutral', 'relaxes again', 'relax again', 'slacken~', 'decay~', 'drain~'],
  },
  { sense: { kind: 'event', event: 'held' }, phrases: ['still there', 'still present', 'still in place', 'continue~', 'persist~', 'already', 'already there', 'remains', 'remain', 'held', 'holds', 'holding', 'maintained', 'sustained', 'by then', 'still', 'throughout', 'ongoing', 'in progress', 'at that point', 'keeps', 'keep', 'under way', 'still visible', 'stays', 'lasts', 'last', 'lasting', 'lingers', 'linger'] },
  { sense: { kind: 'order', order: 'before' }, phrases: ['before', 'precede~', 'prior to', 'ahead of', 'earlier than', 'sooner than', 'lead~', 'leads', 'led', 'right before', 'just before', 'shortly before', 'in advance of', 'anticipates', 'followed by', 'give~ way to', 'gives way to', 'giving way to', 'is replaced by', 'replaced by'] },
  { sense: { kind: 'order', order: 'after' }, phrases: ['after', 'follow~', 'following', 'later than', 'right after', 'just after', 'shortly after', 'subsequent to', 'trail~', 'once', 'on the heels of', 'lag~ behind', 'lags behind', 'in the wake of', 'comes after', 'come after'] },
  { sense: { kind: 'order', order: 'while' }, phrases: ['while', 'at the same time', 'at the same time as', 'simultaneously', 'simultaneous', 'simultaneously with', 'at once', 'in unison', 'meanwhile', 'concurrently', 'during', 'in sync', 'in step with', 'synchronously', 'overlap~', 'coincide~', 'at the same moment', 'at the same moment as', 'in parallel', 'as soon as', 'concurrent with', 'just as'] },
  { sense: { kind: 'order', order: 'then' }, phrases: ['then', 'next', 'afterwards', 'afterward', 'subsequently', 'thereafter', 'and then', 'after that', 'later', 'a moment later', 'thereupon', 'and later', 'after which'] },
  { sense: { kind: 'micro' }, phrases: ['micro expression*', 'microexpression*', 'micro', 'micro movement*', 'micro event'] },
  { sense: { kind: 'duration-word', from: 0, to: 1000 }, phrases: ['brief', 'briefly', 'fleeting', 'fleetingly', 'momentary', 'momentarily', 'short lived', 'for a moment', 'for an instant', 'flashes', 'flash', 'flashed', 'in a flash', 'transient', 'transiently', 'short burst', 'split second', 'quick flash', 'blink and you miss it'] },
  { sense: { kind: 'duration-word', from: 1500, to: Number.POSITIVE_INFINITY }, phrases: ['sustained', 'prolonged', 'long lasting', 'long held', 'lasting', 'drawn out'] },
  { sense: { kind: 'more' }, phrases: ['stronger', 'more strongly', 'more pronounced', 'more marked', 'more intense', 'more', 'greater', 'higher than', 'larger', 'deeper', 'stronger than', 'outweigh~', 'exceed~', 'more clearly', 'dominant', 'dominates', 'further', 'farther', 'more intensely', 'most strongly', 'more so', 'favours', 'favors', 'heavier', 'bigger', 'weighted', 'leading', 'predominantly', 'mostly', 'more visibly', 'predominates'] },
  { sense: { kind: 'less' }, phrases: ['weaker', 'weaker than', 'less', 'less strongly', 'less pronounced', 'less marked', 'fainter', 'milder', 'lesser', 'smaller', 'lower than', 'slighter', 'subtler', 'less intense', 'less so', 'less clearly'] },
]; // biome-ignore format: one table
