import type { ExpressionLabel } from '../../../contracts/index.ts';

/**
 * Small words that turn, raise or lower the ones after them, after VADER's rules (Hutto & Gilbert 2014, ICWSM), with our own
 * lists. English.
 */
export const NEGATIONS: ReadonlySet<string> = new Set([
  'not', 'no', 'never', 'none', 'nobody', 'nothing', 'neither', 'nor', 'nowhere', 'without', 'hardly', 'barely', 'scarcely', 'cannot', "can't", "don't",
  "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "won't", "wouldn't", "couldn't", "shouldn't", "haven't", "hasn't", "hadn't", "ain't", 'dont', 'cant', 'didnt', 'isnt',
]); // biome-ignore format: one table

/** Factor on the word that follows, within two words. */
export const DEGREES: Readonly<Record<string, number>> = {
  very: 1.3, so: 1.25, really: 1.3, extremely: 1.5, totally: 1.3, absolutely: 1.4, completely: 1.35, incredibly: 1.5, too: 1.15, such: 1.2, truly: 1.3, deeply: 1.35, super: 1.3, pretty: 1.1, quite: 1.1,
  slightly: 0.6, somewhat: 0.7, barely: 0.5, kinda: 0.7, sort: 0.8, bit: 0.7, little: 0.7, rather: 0.9, almost: 0.7, fairly: 0.9,
}; // biome-ignore format: one table

/** Entries of AFINN that say little in speech: they hold conversations together. */
export const SKIPPED: ReadonlySet<string> = new Set([
  'no', 'yes', 'yeah', 'like', 'want', 'matter', 'please', 'kind', 'some kind', 'kind of', 'hope', 'share', 'join', 'big', 'certain', 'pay', 'charged', 'cut', 'stop', 'lack', 'hey', 'ha', 'haha', 'god', 'demand', 'pretty', 'cool', 'fine', 'ok', 'okay', 'sorry', 'thanks', 'thank', 'welcome', 'greetings',
]); // biome-ignore format: one table

/** Formulas of courtesy: said out of politeness as often as from the heart. AFINN's values, halved. */
export const POLITE: Readonly<Record<string, number>> = { please: 0.5, sorry: -0.5, thanks: 1, thank: 1, welcome: 1, pardon: 0.5, fine: 1, ok: 0.5, okay: 0.5, cool: 0.5 }; // biome-ignore format: one table

export const FILLERS: ReadonlySet<string> = new Set(['um', 'uh', 'uhm', 'erm', 'er', 'hmm', 'mm', 'eh', 'äh', 'ähm']);

/** What captions write for laughing and crying. */
export const SOUNDS: ReadonlyArray<{ pattern: RegExp; label: ExpressionLabel }> = [
  { pattern: /[[(*][^\])*]{0,30}\b(?:laugh|chuckl|giggl)\w*[^\])*]{0,30}[\])*]/i, label: 'happiness' },
  { pattern: /[[(*][^\])*]{0,30}\b(?:sob|cr(?:y|ies|ying)|weep)\w*[^\])*]{0,30}[\])*]/i, label: 'sadness' },
  { pattern: /[[(*][^\])*]{0,30}\b(?:gasp)\w*[^\])*]{0,30}[\])*]/i, label: 'surprise' },
];

/**
 * Turns of phrase that are about one expression rather than about good or bad. Matched on the plain lower-case words; a phrase
 * that begins with "i" is the speaker's own account. Ours.
 */
export const PHRASES: ReadonlyArray<{ label: ExpressionLabel; phrases: readonly string[] }> = [
  { label: 'surprise', phrases: ['did not expect', "didn't expect", 'never expected', 'no way', "can't believe", 'cannot believe', 'could not believe', "couldn't believe", 'oh my god', 'oh my', 'wow', 'are you serious', 'really', 'what on earth', 'out of nowhere', 'i had no idea', 'surprised', 'unbelievable', 'astonished'] },
  { label: 'anger', phrases: ['how dare you', 'shut up', 'leave me alone', 'get out', 'angry', 'furious', 'fed up', 'sick of', 'i hate', 'hate you', 'damn it', 'annoyed', 'enough is enough', 'your fault'] },
  { label: 'fear', phrases: ['afraid', 'scared', 'frightened', 'terrified', 'help me', 'worried', 'nervous', "don't hurt", 'in danger', 'i fear', 'panic'] },
  { label: 'sadness', phrases: ['miss you', 'miss him', 'miss her', 'passed away', 'sad', 'heartbroken', 'lonely', 'i lost', 'died', 'crying', 'hopeless', 'gave up', 'goodbye', 'depressed', 'i wish i had', 'left me'] },
  { label: 'disgust', phrases: ['disgusting', 'gross', 'makes me sick', 'yuck', 'eww', 'ew', 'revolting', 'nasty', 'filthy', 'stinks', 'smells awful'] },
  { label: 'happiness', phrases: ['happy', 'love it', 'i love', 'so glad', 'delighted', 'wonderful', 'great news', 'we won', 'i won', 'best day', 'so much fun', 'congratulations', 'hooray', 'yay', 'thrilled'] },
  { label: 'contempt', phrases: ['pathetic', 'beneath me', 'loser', 'what a joke', 'how pathetic', 'worthless', 'ridiculous', 'amateur', 'amateurs', 'who cares'] },
]; // biome-ignore format: one table
