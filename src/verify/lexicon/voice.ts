import type { LexiconEntry, VoiceFamily } from './sense.ts';

const topic = (family: VoiceFamily | null, phrases: readonly string[]): LexiconEntry => ({
  sense: { kind: 'voice-topic', family },
  phrases,
});
const word = (family: VoiceFamily | null, sign: 1 | -1 | 0, phrases: readonly string[]): LexiconEntry => ({
  sense: { kind: 'voice-word', family, sign },
  phrases,
});

/** How a voice is spoken of: what is measured, and words for more or less of it. */
export const VOICE_LEXICON: readonly LexiconEntry[] = [
  topic(null, ['voice', 'vocal', 'vocally', 'tone', 'speech', 'delivery', 'speak~', 'speaks', 'spoke', 'spoken', 'speaking', 'talk~', 'utterance*', 'sound~', 'voiced', 'prosody', 'intonation', 'speaker', 'tone of voice', 'vocal tone', 'phonation', 'audibly', 'articulation', 'vocal delivery', 'timbre', 'message', 'reply', 'remark', 'first sentence', 'second sentence', 'last sentence', 'sentence', 'outburst', 'plea']),
  topic('pitch', ['pitch', 'f0', 'fundamental frequency', 'vocal pitch', 'mean pitch', 'median pitch', 'pitched', 'register']),
  topic('variation', ['pitch range', 'pitch variation', 'pitch variability', 'intonation', 'melody', 'pitch contour', 'inflection', 'modulation', 'pitch movement', 'pitch span']),
  topic('loudness', ['loudness', 'volume', 'vocal intensity', 'vocal energy', 'energy', 'sound level', 'voice level']),
  topic('rate', ['speech rate', 'speaking rate', 'tempo', 'pace', 'rate of speech', 'speed', 'rate', 'syllable rate', 'articulation rate', 'speaking pace', 'speaking tempo', 'speaking speed']),
  topic('pauses', ['pause', 'pauses', 'pausing', 'paused', 'silence', 'silences', 'gaps between words', 'silent gap*', 'hesitation*', 'breaks between words']),
  topic('tremor', ['shimmer', 'tremor', 'tremolo', 'voice stability']),
  topic('roughness', ['jitter', 'creak', 'roughness', 'creakiness']),
  topic('breath', ['breathiness', 'breathy quality', 'harmonics to noise', 'harmonicity']),
  topic('final', ['final pitch', 'pitch at end', 'end of utterance', 'end of sentence', 'end of phrase', 'last syllable', 'final intonation', 'ending of utterance']),
  topic('tension', ['vocal tension', 'voice quality', 'vocal effort', 'spectral tilt']),
  word(null, 1, ['raised', 'high', 'higher', 'rise', 'rises', 'rising', 'rose', 'elevated', 'up', 'increase~', 'climb~', 'above usual', 'above average', 'above normal', 'above baseline', 'heightened', 'lifted', 'lifts', 'raises', 'increased', 'jump~', 'upward', 'upwards', 'greater', 'soar~', 'larger', 'upturned', 'lift']),
  word(null, -1, ['lowered', 'low', 'lower', 'fall', 'falls', 'falling', 'fell', 'reduced', 'down', 'decrease~', 'drop~', 'below usual', 'below average', 'below normal', 'below baseline', 'lowers', 'sinks', 'sink', 'sank', 'decreased', 'diminished', 'reduce~', 'dip~', 'downward', 'downwards', 'dampened', 'less', 'smaller', 'subdued']),
  word(null, 0, ['usual', 'normal', 'typical', 'unchanged', 'at baseline', 'average', 'steady', 'ordinary', 'neutral', 'even']),
  word('pitch', 1, ['high pitched', 'shrill', 'squeaky', 'higher pitched', 'shriller', 'piping']),
  word('pitch', -1, ['deep', 'deeper', 'low pitched', 'deepened', 'lower pitched', 'deepens']),
  word('variation', 1, ['lively', 'melodious', 'sing songy', 'full of life', 'varied', 'animated', 'sing song', 'expressive', 'melodic', 'modulated', 'wide', 'wider', 'variable', 'swooping', 'full of movement', 'large swings', 'big swings', 'wide ranging', 'widened', 'widens', 'broad', 'broader', 'varies']),
  word('variation', -1, ['flat', 'monotone', 'monotonous', 'narrow', 'flattened', 'level', 'toneless', 'expressionless', 'narrowed', 'narrows', 'unmodulated', 'flatter', 'narrower', 'flatly', 'flattens', 'compressed', 'droning']),
  word('loudness', 1, ['loud', 'louder', 'loudly', 'shout~', 'yell~', 'boom~', 'booming', 'more loudly', 'forceful', 'noisily']),
  word('loudness', -1, ['quiet', 'quieter', 'quietly', 'soft', 'softly', 'softer', 'whisper~', 'hushed', 'muted', 'murmur~', 'faint', 'under breath', 'more quietly', 'mumble~', 'more softly', 'soft spoken', 'hush', 'muffled']),
  word('rate', 1, ['fast', 'faster', 'quick', 'quickly', 'rapid', 'rapidly', 'hurried', 'rushed', 'quicker', 'speeds up', 'speed~ up', 'accelerate~', 'hasty', 'brisk', 'briskly', 'swift', 'swiftly', 'quickened', 'quickens', 'fast paced', 'sped up', 'rush~', 'more quickly', 'hurriedly', 'speedily']),
  word('rate', -1, ['slow', 'slower', 'slowly', 'slows', 'slowed', 'slowed down', 'drawl~', 'sluggish', 'unhurried', 'deliberate', 'deliberately', 'leisurely', 'slow paced', 'drawn out', 'slows down', 'more slowly', 'measured pace', 'slow down', 'slowing', 'dragging']),
  word('pauses', 1, ['hesitant', 'halting', 'hesitate~', 'many pauses', 'long pauses', 'haltingly', 'broken up', 'hesitantly', 'long', 'frequent', 'longer', 'pause heavy', 'more pauses', 'choppy', 'faltering', 'falter~', 'stumble~', 'stumbling']),
  word('pauses', -1, ['fluent', 'fluently', 'without pauses', 'no pauses', 'few pauses', 'without pause', 'short', 'rare', 'shorter', 'uninterrupted', 'fluid', 'without a pause', 'without stopping', 'fewer pauses', 'hardly any pauses', 'without hesitation', 'flowing']),
  word('tremor', 1, ['tremble~', 'trembling', 'shaky', 'shaking', 'shakes', 'quaver~', 'quiver~', 'unsteady', 'wavering', 'waver~', 'tremulous', 'wobbly', 'cracks', 'cracking', 'jittery', 'quavery']),
  word('tremor', -1, ['steady', 'stable', 'firm', 'unwavering']),
  word('breath', 1, ['breathy', 'breathier', 'airy', 'whispery', 'husky', 'aspirated']),
  word('breath', -1, ['clear', 'ringing', 'clean']),
  word('roughness', 1, ['rough', 'hoarse', 'creaky', 'gravelly', 'raspy', 'rasping', 'gruff', 'croaky', 'grating', 'vocal fry', 'creak~', 'creaks']),
  word('roughness', -1, ['steady', 'smooth', 'stable', 'even', 'clean']),
  word('final', 1, ['rising', 'rises', 'lifts', 'upward', 'rise']),
  word('final', -1, ['falling', 'falls', 'drops', 'downward', 'fall', 'drop']),
  word('tension', 1, ['tense', 'strained', 'pressed', 'tight', 'harsh', 'sharp', 'bright', 'shrill', 'piercing', 'metallic', 'sharper', 'hard', 'squeezed', 'constricted', 'tightened', 'tighter', 'strain~']),
  word('tension', -1, ['soft', 'softer', 'dull', 'dark', 'mellower', 'relaxed', 'lax', 'loose', 'easy', 'mellow', 'warm']),
  { sense: { kind: 'speech-verb' }, phrases: ['say', 'says', 'said', 'saying', 'ask~', 'asks', 'repl~', 'reply', 'replies', 'answer~', 'utter~', 'word*', 'phrase*', 'sentence*', 'transcript', 'exclaim~', 'remark~', 'state~', 'tells', 'told', 'spoken', 'speaks', 'quote*', 'quoted', 'shout~', 'whisper~', 'add~', 'claim~', 'line reads', 'caption', 'text', 'reads', 'subtitle*', 'mutter~', 'murmur~', 'announce~', 'statement', 'phrase', 'call~', 'declare~', 'insist~', 'repeat~', 'printed', 'sign', 'shirt', 'cries', 'cried', 'assurance', 'utterance*', 'line', 'comment*', 'speech', 'verbal', 'verbally', 'voice', 'admits', 'admit~', 'mention~', 'mumble~', 'explain~', 'respond~'] },
]; // biome-ignore format: one table
