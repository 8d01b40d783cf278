import type { Channel } from './cue.ts';

/**
 * Cues that English descriptions name and the verifier's lexicon of units, head, gaze and voice does not hold. Ours,
 * from the wording of EMER descriptions.
 */
export const ENGLISH_CUES: ReadonlyArray<{ channel: Channel; name: string; pattern: RegExp }> = [
  { channel: 'facial', name: 'tears', pattern: /\b(?:tears?|tearful|teary|crying|cries|cried|weep\w*|sobb?\w*|(?:red|moist|watery|reddened|teary|misty)[- ]eye\w*|eyes? (?:\w+ ){0,3}(?:red|moist|wet|welling|watery|glisten\w*))\b/gi },
  { channel: 'facial', name: 'gesture', pattern: /\b(?:gestur\w+|waves? (?:his|her|their) hands?|hand movements?|clench\w* (?:\w+ )?(?:fists?|hands?)|point(?:s|ed|ing) at|claps?|clapping|hugs?|hugging|body movements?)\b/gi },
  { channel: 'facial', name: 'gaze-down', pattern: /\b(?:lowers? (?:his|her|their) head|(?:head|gaze|eyes) (?:\w+ ){0,2}(?:lowered|down|downcast|bowed)|looks? down|looking down|looked down)\b/gi },
  { channel: 'vocal', name: 'loudness-up', pattern: /\b(?:shout\w*|yell\w*|roar\w*|scream\w*|loud(?:ly|er)?|high(?:er)? volume|volume (?:\w+ ){0,3}(?:high|rais\w+|increas\w+|loud\w*))\b/gi },
  { channel: 'vocal', name: 'loudness-down', pattern: /\b(?:whisper\w*|softly|quiet(?:ly)?|low(?:er)? (?:volume|voice)|(?:in|with) a low voice|murmur\w*|weak voice)\b/gi },
  { channel: 'vocal', name: 'pitch-up', pattern: /\b(?:tone|intonation|pitch|voice)\b(?: \w+){0,4}? (?:ris(?:es|ing)|rais(?:ed|es)|rose|upward|upwards|high|higher|elevated)\b|\b(?:raised|rising|high|upward) (?:tone|pitch|intonation)\b/gi },
  { channel: 'vocal', name: 'pitch-down', pattern: /\b(?:deep|low|lower|heavy|falling) (?:tone|pitch|voice|intonation)\b|\b(?:tone|pitch|voice)\b(?: \w+){0,3}? (?:low|lower|deep|drops?|heavy)\b/gi },
  { channel: 'vocal', name: 'rate-up', pattern: /\b(?:sp(?:eaks?|oke|eaking)|talk(?:s|ed|ing)?|speech(?: rate| speed)?|pace|speed)\b(?: \w+){0,4}? (?:fast|faster|quick|quickly|rapid|rapidly)\b|\b(?:fast|rapid|quick|faster) (?:speech|pace|speed|speaking)\b/gi },
  { channel: 'vocal', name: 'rate-down', pattern: /\b(?:sp(?:eaks?|oke|eaking)|talk(?:s|ed|ing)?|speech(?: rate| speed)?|pace|speed)\b(?: \w+){0,4}? (?:slow|slower|slowly)\b|\bslow(?:er)? (?:speech|pace|speed|speaking)\b/gi },
  { channel: 'vocal', name: 'tremor-up', pattern: /\b(?:trembl\w+|shaky|quiver\w*|chok(?:ed|ing) (?:up|voice)|voice (?:\w+ ){0,2}(?:shak\w+|crack\w*|break\w*))\b/gi },
  { channel: 'vocal', name: 'pauses-up', pattern: /\b(?:paus\w+|stutter\w*|stammer\w*|hesitat\w+|silence|silent)\b/gi },
  { channel: 'vocal', name: 'sigh', pattern: /\bsigh\w*\b/gi },
  { channel: 'vocal', name: 'gentle-tone', pattern: /\b(?:gentle|soft|tender|warm|mild) (?:tone|voice|manner of speaking)\b|\b(?:tone|voice) (?:is |was |sounds? )?(?:gentle|soft|tender|warm)\b/gi },
  { channel: 'vocal', name: 'excited-tone', pattern: /\b(?:excited|agitated|passionate|cheerful|joyful|lively|enthusiastic|brisk) (?:tone|voice|speech)\b|\bspoke passionately\b/gi },
  { channel: 'vocal', name: 'flat-tone', pattern: /\b(?:flat|calm|steady|even|neutral|monotone) (?:tone|voice|intonation)\b|\b(?:tone|voice|intonation) (?:is |was |remains )?(?:\w+ )?(?:flat|calm|steady|even|neutral)\b/gi },
]; // biome-ignore format: one table
