import type { LexiconEntry } from './sense.ts';

const level = (from: number, to: number, phrases: readonly string[]): LexiconEntry => ({
  sense: { kind: 'level', from, to },
  phrases,
});

/**
 * The stretch of the 0–5 scale that a word may stand for (A from 0.5, B 1.5, C 2.5, D 3.5, E 4.5). The words that FACS
 * ties to one letter are narrow; everyday words overlap their neighbours, because English does.
 */
export const LEVEL_LEXICON: readonly LexiconEntry[] = [
  level(0.5, 1.5, ['trace', 'a trace', 'traces', 'barely', 'hint of', 'hints of', 'a hint', 'minimal', 'minimally', 'scarcely', 'just visible', 'just visibly', 'barely visible', 'barely there', 'barely perceptible', 'hardly visible', 'negligible', 'barely noticeable', 'just perceptible', 'only just', 'ghost', 'whisper', 'the merest', 'merest', 'suspicion', 'lowest level', 'weakest level', 'flicker', 'trace level', 'imperceptible', 'imperceptibly', 'only a trace', 'minute', 'vestige']),
  level(0.5, 2.5, ['faint', 'faintly', 'soft', 'light', 'lightly']),
  level(0.5, 2.0, ['very slight', 'very slightly', 'slightest', 'ever so slightly', 'tiny', 'very faint', 'very faintly', 'very subtle', 'very weak', 'very mild', 'very small', 'very low']),
  level(1.0, 2.5, ['slight', 'slightly']),
  level(0.5, 2.5, ['mild', 'mildly', 'subtle', 'subtly', 'weak', 'weakly', 'a little', 'small', 'light', 'lightly', 'gentle', 'gently', 'soft', 'softly', 'low intensity', 'at low intensity', 'a bit', 'a touch', 'touch', 'modest', 'modestly', 'delicate', 'low level', 'shallow', 'slight level', 'little', 'discreet', 'restrained', 'somewhat', 'low grade', 'low intensities', 'thinly']),
  level(1.75, 3.5, ['moderate', 'moderately', 'medium', 'middling', 'moderate intensity', 'fairly', 'mid level', 'medium intensity', 'mid range', 'mid intensity', 'of middling strength', 'moderate level']),
  level(1.5, 4.25, ['clear', 'clearly', 'distinct', 'distinctly', 'evident', 'evidently', 'obvious', 'obviously', 'noticeable', 'noticeably', 'definite', 'definitely', 'notable', 'notably', 'unmistakable', 'unmistakably', 'plainly', 'appreciable', 'appreciably', 'conspicuous', 'conspicuously', 'clear cut', 'well defined', 'firmly', 'hard']),
  level(2.5, 3.5, ['marked', 'markedly', 'pronounced', 'marked level']),
  level(2.25, 4.75, ['prominent', 'prominently', 'considerable', 'considerably', 'substantial', 'substantially', 'significant', 'significantly', 'deep', 'deeply', 'tightly', 'quite strong', 'quite strongly', 'fairly strong', 'fairly strongly', 'rather strong', 'well', 'sharply', 'steeply', 'broad', 'broadly', 'big', 'large', 'sizeable', 'striking', 'strikingly', 'emphatic', 'emphatically', 'moderate to strong', 'moderately strong']),
  level(3.0, 5, ['strong', 'strongly', 'intense', 'intensely', 'heavy', 'heavily', 'powerful', 'powerfully', 'forceful', 'forcefully', 'high intensity', 'at high intensity', 'dramatic', 'dramatically', 'great', 'greatly', 'high level', 'vigorous', 'vigorously', 'forcibly', 'very marked', 'very pronounced', 'very clear', 'very clearly', 'very deep', 'strong level', 'fierce', 'fiercely', 'high intensities']),
  level(3.25, 5, ['severe', 'severely', 'very strong', 'very strongly', 'very intense', 'very powerful', 'very high']),
  level(3.75, 5, ['extreme', 'extremely', 'extreme level', 'massive', 'massively', 'enormous', 'huge', 'exceptionally', 'fully', 'full']),
  level(4.25, 5, ['maximum', 'maximal', 'maximally', 'as far as it goes', 'as far as it will go', 'as far as they go', 'as far as they will go', 'top of the scale', 'to the maximum', 'at maximum', 'at its maximum', 'maximum level', 'maximum intensity', 'full intensity', 'highest level', 'to the limit']),
]; // biome-ignore format: one table
