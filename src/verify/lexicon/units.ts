import type { ActionUnitCode } from '../../contracts/index.ts';
import { ACTION_UNITS } from '../../facs/index.ts';
import type { LexiconEntry } from './sense.ts';

const units = (
  codes: readonly ActionUnitCode[],
  phrases: readonly string[],
  more: { side?: 'one'; least?: number; negated?: boolean } = {},
): LexiconEntry => ({
  sense: { kind: 'units', codes, ...more },
  phrases,
});

/** The FACS names themselves: "lip corner puller". */
const FACS_NAMES: readonly LexiconEntry[] = Object.values(ACTION_UNITS)
  .filter((entry) => entry.code !== 'AU45')
  .map((entry) => units([entry.code], [entry.name, `${entry.name}s`]));

/** Names of the movement that FACS coders and papers use beside the official ones. */
const MOVEMENT_NOUNS: readonly LexiconEntry[] = [
  units(['AU1'], ['inner brow raise', 'inner brow raising', 'oblique brow*', 'oblique eyebrow*', 'brow* slant~ up', 'brows slanted', 'brow* peak~ in the middle', 'frontalis pars medialis', 'medial frontalis']),
  units(['AU2'], ['outer brow raise', 'outer brow raising', 'lateral frontalis', 'frontalis pars lateralis']),
  units(['AU1', 'AU2'], ['brow raise*', 'eyebrow raise*', 'brow flash', 'eyebrow flash', 'brow raiser', 'brow lift', 'eyebrow lift', 'frontalis', 'surprise brow*', 'brow elevation', 'eyebrow elevation']),
  units(['AU4'], [
    'corrugator', 'corrugator supercilii', 'brow furrow*', 'knitted brow*', 'knit brow*', 'brow knitting', 'brow lowering', 'brow furrowing', 'scowl~', 'furrow* between brow*', 'furrow* between eyebrow*',
    'line* between brow*', 'crease* between brow*', 'vertical line* between brow*', 'vertical furrow*', 'upright line* between brow*', 'vertical crease*', 'vertical lines', 'worry line*', 'frown line*', 'glower~',
    'frowning brow', 'brow contraction', 'brow drop', 'frown of brow*', 'brow frown', 'upright lines', 'upright furrow*',
  ]),
  units(['AU4', 'AU15'], ['frown~', 'frown', 'frowns', 'frowning']),
  units(['AU5'], ['upper lid raise', 'lid raise', 'lid raising', 'white* above the iris', 'white above iris', 'sclera above iris', 'upper sclera', 'whites of eyes', 'white of eyes', 'white of eye', 'scleral show', 'wide eyed', 'saucer eyes', 'eyelid elevation', 'eye widening', 'widening of eye*', 'levator palpebrae']),
  units(['AU5', 'AU7'], ['stare~', 'staring']),
  units(['AU6'], ["crow feet", 'crow foot', 'crows feet', 'smiling eyes', 'eyes smile', 'eye* smiling', 'cheek raise*', 'cheek raising', 'cheek lift', 'cheek elevation', 'orbital part', 'duchenne marker', 'smile* with eyes', 'smile reaches eyes', 'reaches eyes', 'reach eyes', 'reaching eyes', 'crinkle* at corners of eyes', 'crinkles around eyes', 'wrinkles around eyes', 'lines around eyes', 'crinkle* around eyes', 'wrinkles at corners of eyes', 'folds at outer eye corners', 'lines at eye corners', 'wrinkles beside eyes', 'bags under eyes', 'bunching under eyes', 'laugh lines at eyes', 'reach~ cheeks', 'reaches cheeks', 'reach cheeks', 'involve~ cheeks', 'involves eyes', 'involve eyes', 'involves eyes as well', 'cheeks join in', 'heartfelt', 'lift of cheeks', 'orbicularis oculi pars orbitalis']),
  units(['AU43', 'AU45'], ['wink~', 'wink', 'winks', 'winked', 'winking'], { side: 'one' }),
  units(['AU4'], ['smooth brow*', 'brow as smooth', 'brow* smooth', 'unfurrowed brow*', 'relaxed brow*', 'brows stay relaxed', 'brows are relaxed', 'brow is relaxed'], { negated: true }),
  units(['AU7', 'AU6'], ['squint~', 'squint', 'squints', 'squinting', 'orbicularis oculi', 'screwed up eyes']),
  units(['AU7'], ['lid tightening', 'eyelid tightening', 'glare~', 'lid tension', 'eyelid tension', 'lid tightener*', 'palpebral part', 'orbicularis oculi pars palpebralis']),
  units(['AU9'], ['nose wrinkle*', 'nose wrinkling', 'nose crinkle', 'nose scrunch', 'levator labii superioris alaeque nasi', 'wrinkle* on nose', 'wrinkles along nose', 'creases along nose', 'wrinkles across bridge of nose', 'wrinkling of bridge of nose']),
  units(['AU9', 'AU10'], ['sneer~', 'sneer', 'sneers']),
  units(['AU10'], ['upper lip raise', 'upper lip raising', 'lip curl', 'curl of lip', 'snarl~', 'levator labii superioris']),
  units(['AU12'], [
    'smile~', 'smile', 'smiles', 'smiling', 'smiley', 'grin~', 'grin', 'grins', 'beam~', 'smiled', 'lip corner pull', 'zygomaticus', 'zygomaticus major', 'zygomatic', 'half smile', 'lip corner raise*', 'lip corner lift', 'chuckle~',
  ]),
  units(['AU12', 'AU14'], ['smirk~', 'smirk', 'smirks', 'half smirk'], { side: 'one' }),
  units(['AU12'], ['crooked smile', 'lopsided smile', 'one sided smile', 'lopsided grin', 'crooked grin', 'asymmetric smile', 'asymmetrical smile', 'wry smile'], { side: 'one' }),
  units(['AU12', 'AU6'], ['duchenne smile*'], {}),
  units(['AU12'], ['broad smile', 'wide smile', 'big smile', 'beaming smile', 'broad grin', 'wide grin', 'full smile', 'smile* broadly', 'smile* widely', 'big grin', 'smiling broadly', 'smiling widely'], { least: 2.25 }),
  units(['AU14'], ['dimple', 'dimples', 'dimpling', 'dimpled cheek*', 'buccinator', 'lip corner tuck', 'lip corner tightening', 'lip corner tightener', 'mouth corner tightening']),
  units(['AU15'], ['lip corner depression', 'lip corner drop', 'downturned mouth', 'mouth corner depression', 'depressor anguli oris', 'mouth frown', 'frowning mouth', 'inverted smile', 'upside down smile', 'lip corner depress', 'triangularis', 'mouth shrug']),
  units(['AU16'], ['lower lip depression', 'lower lip drop', 'depressor labii', 'lower lip depress', 'lower teeth show~', 'lower lip depressing']),
  units(['AU17', 'AU18', 'AU22'], ['pout~', 'pout', 'pouts', 'pouting']),
  units(['AU17'], ['chin raise', 'chin raising', 'chin push', 'chin boss', 'mentalis', 'chin dimple', 'chin dimpling', 'chin puckering', 'chin bunching', 'chin wrinkling', 'chin pucker', 'quivering chin', 'chin elevation']),
  units(['AU18'], ['lip pucker*', 'lip puckering', 'lip purse', 'lip pursing', 'duck face', 'pucker of lips', 'incisivii']),
  units(['AU20'], ['lip stretch', 'lip stretching', 'risorius', 'lip stretches', 'mouth stretched sideways', 'mouth stretched horizontally', 'mouth stretched wide sideways', 'mouth drawn sideways', 'mouth flattened', 'platysma', 'mouth stretched to sides', 'mouth pulled sideways', 'mouth flattens', 'mouth widened sideways']),
  units(['AU22'], ['lip funnel', 'lip funneling', 'lip funnelling', 'lip funneller', 'lips flared outward']),
  units(['AU23'], ['lip tightening', 'tight lipped', 'thin lipped', 'lip thinning', 'lip tension', 'thinning of lips']),
  units(['AU24'], ['lip press', 'lip pressing', 'lip presser', 'lip compression', 'lips in a line', 'mouth a thin line', 'lips pressed into thin line', 'lips pressed into a line', 'lip pressure', 'lips pressed thin']),
  units(['AU25'], ['lip parting', 'lips parting', 'parting of lips', 'lip separation', 'gap between lips', 'space between lips', 'lips no longer touch', 'teeth show~', 'teeth are visible', 'showing teeth', 'shows teeth', 'baring teeth', 'toothy', 'open lips']),
  units(['AU25', 'AU26', 'AU27'], ['mouth opening', 'open mouthed', 'gasp~', 'mouth falls open', 'slack jawed', 'mouth wide open', 'wide open mouth', 'mouth agape', 'open mouth', 'mouth fallen open', 'mouth hangs open', 'gape', 'gapes', 'gaping', 'mouth fell open', 'agape', 'yawn~']),
  units(['AU26', 'AU27'], ['gap between teeth', 'space between teeth', 'jaw drop*', 'jaw dropping', 'drop of jaw', 'slack jaw', 'jaw opening', 'jaw lowering']),
  units(['AU26'], ['jaw drop']),
  units(['AU27'], ['mouth stretch', 'mouth stretching', 'mouth stretched open', 'mouth stretched wide open']),
  units(['AU26', 'AU27'], ['mouth opened wide', 'mouth opens wide', 'mouth wide']),
  units(['AU28'], ['lip suck', 'lip sucking', 'lip roll', 'lips disappear', 'lip biting', 'rolled lips', 'lips rolled over teeth']),
  units(['AU43', 'AU45'], ['eye closure', 'lid closure', 'eyelid closure', 'closed eyes', 'eyes closed', 'eyes shut']),
  units(['AU4', 'AU6', 'AU7', 'AU9', 'AU10', 'AU15', 'AU17', 'AU20', 'AU24'], ['grimace~', 'wince~', 'grimaces', 'grimace', 'wince']),
  units(['AU25', 'AU26', 'AU27'], ['mouth closed', 'closed mouth', 'closed mouthed', 'mouth shut', 'closed lips', 'mouth stays closed', 'mouth remains closed'], { negated: true }),
]; // biome-ignore format: one table

/** FACS numbers that exist but that no model of whyface measures, and what they are. */
export const UNMEASURED_CODES: Readonly<Record<number, string>> = {
  8: 'lips toward each other', 11: 'nasolabial deepener', 13: 'sharp lip puller', 19: 'tongue show', 21: 'neck tightener', 29: 'jaw thrust', 30: 'jaw sideways', 31: 'jaw clencher', 32: 'lip bite', 33: 'cheek blow',
  34: 'cheek puff', 35: 'cheek suck', 36: 'tongue bulge', 37: 'lip wipe', 38: 'nostril dilator', 39: 'nostril compressor', 40: 'sniff', 41: 'lid droop', 42: 'slit', 44: 'squint', 46: 'wink',
}; // biome-ignore format: one table

export const UNIT_LEXICON: readonly LexiconEntry[] = [...FACS_NAMES, ...MOVEMENT_NOUNS];
