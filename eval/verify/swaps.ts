/**
 * Words that turn a true sentence about a face or a voice into a false one, in pairs. They are written down apart from
 * the verifier's lexicon, so that the score does not measure a word list against itself.
 */
export type Swap = readonly [string, string];

/** What a part does, and its opposite. */
export const DIRECTION_SWAPS: readonly Swap[] = [
  ['raised', 'lowered'], ['raise', 'lower'], ['raises', 'lowers'], ['raising', 'lowering'], ['lifted', 'lowered'], ['lifts', 'lowers'], ['lift', 'lower'], ['rise', 'sink'], ['rises', 'sinks'], ['pulled up', 'pulled down'],
  ['pull up', 'pull down'], ['pulls up', 'pulls down'], ['upward', 'downward'], ['upwards', 'downwards'], ['go up', 'go down'], ['goes up', 'goes down'], ['turned up', 'turned down'], ['turn up', 'turn down'], ['turned down', 'turned up'],
  ['turn down', 'turn up'], ['pulled down', 'pulled up'], ['widened', 'narrowed'], ['widen', 'narrow'], ['widens', 'narrows'], ['narrowed', 'widened'], ['narrow', 'widen'], ['wide', 'narrow'], ['parted', 'pressed together'], ['part', 'press together'],
  ['pressed together', 'parted'], ['open', 'closed'], ['opens', 'stays closed'], ['furrowed', 'raised'], ['knit', 'raised'], ['knitted', 'raised'], ['drops', 'stays closed'], ['dropped', 'closed'], ['stretched', 'puckered'], ['puckered', 'stretched'],
  ['wrinkled', 'smooth'], ['downturned', 'upturned'], ['upturned', 'downturned'], ['lowered', 'raised'], ['lower and draw together', 'rise'], ['tightened', 'parted'], ['smile', 'pout'], ['smiles', 'pouts'],
]; // biome-ignore format: one table

/** Words of a voice, and their opposites. */
export const TONE_SWAPS: readonly Swap[] = [
  ['higher', 'lower'], ['lower', 'higher'], ['raised', 'lowered'], ['rises', 'falls'], ['falls', 'rises'], ['rising', 'falling'], ['high', 'low'], ['low', 'high'], ['louder', 'quieter'], ['quieter', 'louder'], ['loud', 'quiet'], ['quiet', 'loud'], ['softly', 'loudly'], ['loudly', 'softly'], ['quietly', 'loudly'],
  ['faster', 'slower'], ['slower', 'faster'], ['fast', 'slow'], ['slow', 'fast'], ['quickly', 'slowly'], ['slowly', 'quickly'], ['flat', 'lively'], ['monotone', 'lively'], ['lively', 'flat'], ['shaky', 'steady'], ['trembles', 'holds steady'], ['breathy', 'clear'], ['soft', 'loud'],
]; // biome-ignore format: one table

/** Level words by letter, A to E; a mutant moves at least two letters. */
export const LEVEL_WORDS: readonly (readonly string[])[] = [
  ['trace', 'barely', 'faint', 'faintly', 'hint of', 'minimal'],
  ['slight', 'slightly', 'mild', 'mildly', 'weak', 'subtle', 'gently', 'a little'],
  ['marked', 'markedly', 'pronounced', 'moderate', 'moderately', 'clearly', 'clear'],
  ['strong', 'strongly', 'severe', 'severely', 'intense', 'heavily'],
  ['extreme', 'extremely', 'maximum', 'maximal', 'fully'],
]; // biome-ignore format: one table

export const PRESENCE_SWAPS: readonly Swap[] = [
  ['there is no', 'there is clear'], ['no sign of', 'clear signs of'], ['no', 'clear'], ['without', 'with'], ['absent', 'present'], ['does not', 'does'], ['do not', 'do'], ['is not', 'is'], ['are not', 'are'], ['not', ''], ['neither', 'both'], ['missing', 'present'], ['below threshold', 'above threshold'], ['stay still', 'move'], ['stays still', 'moves'],
]; // biome-ignore format: one table

/** Put in where the sentence denies nothing. */
export const DENIALS: readonly Swap[] = [
  ['are', 'are not'], ['is', 'is not'], ['shows', 'does not show'], ['show', 'do not show'], ['rises', 'does not rise'], ['rise', 'do not rise'], ['drops', 'does not drop'], ['part', 'do not part'], ['pull', 'do not pull'], ['pulls', 'does not pull'], ['widen', 'do not widen'], ['lifts', 'does not lift'], ['lift', 'do not lift'],
]; // biome-ignore format: one table

export const ORDER_SWAPS: readonly Swap[] = [['before', 'after'], ['after', 'before'], ['precedes', 'follows'], ['follows', 'precedes']]; // biome-ignore format: one table

/** Words to put into a quotation instead of what was said. */
export const OTHER_WORDS = ['terrible', 'yesterday', 'never', 'winter', 'mother', 'seven', 'house', 'broken'] as const;
