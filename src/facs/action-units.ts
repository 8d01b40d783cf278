import type { ActionUnitCode, FaceRegion } from '../contracts/index.ts';

/**
 * What FACS says of one action unit, and how it is said in plain, emotion-free English.
 *
 * The wording fields compose: `the {both}` + is/are + `done` ("the lip corners are pulled up and back"),
 * `oneSide` with `{side}` filled ("the left lip corner") + "is" + `done`, `noun` as a name of the movement
 * ("a marked lip-corner pull", "no lip-corner pull").
 */
export type ActionUnitEntry = {
  code: ActionUnitCode;
  /** FACS number. */
  number: number;
  /** FACS name, lower case. */
  name: string;
  muscles: readonly string[];
  region: FaceRegion;
  half: 'upper' | 'lower';
  /** The part that moves, both sides together, without article; `plural` decides is/are. */
  both: { text: string; plural: boolean };
  /** The part on one side, without article, `{side}` to be filled; `null` where the unit is not told apart by side. */
  oneSide: string | null;
  /** Participle phrase for the shown state: "pulled up and back". */
  done: string;
  /** The movement as a finite verb: "the lip corners pull up", "the left lip corner pulls up". */
  does: { plural: string; singular: string };
  /** The movement as a countable noun, without article: "lip-corner pull". */
  noun: string;
  /** One emotion-free sentence: how the face looks when the unit acts. */
  plain: string;
  /** Other words people use for it, free of emotion words, lower case; for reading prose back. */
  alsoSaid: readonly string[];
  /** Everyday words that name the unit but carry a reading ("smile"): readable, never written into an observation. */
  everyday: readonly string[];
};

const FRONTALIS_MEDIAL = 'frontalis (medial part)';
const ORBICULARIS_ORIS = 'orbicularis oris';

/**
 * The action units whyface measures. Numbers, names and muscles: FACS (Ekman, Friesen & Hager 2002) as tabulated by
 * cosanlab/py-feat docs/pages/au_reference.md; the plain wording is ours.
 */
export const ACTION_UNITS = {
  AU1: {
    code: 'AU1', number: 1, name: 'inner brow raiser', muscles: [FRONTALIS_MEDIAL], region: 'brows', half: 'upper',
    both: { text: 'inner brows', plural: true }, oneSide: '{side} inner brow', done: 'raised',
    does: { plural: 'rise', singular: 'rises' }, noun: 'inner-brow raise',
    plain: 'The inner ends of the brows are drawn up, often with folds in the middle of the forehead.',
    alsoSaid: ['inner brow raise', 'inner eyebrows raised', 'inner corners of the brows raised', 'brows raised at the inner ends', 'oblique brows'],
    everyday: [],
  },
  AU2: {
    code: 'AU2', number: 2, name: 'outer brow raiser', muscles: ['frontalis (lateral part)'], region: 'brows', half: 'upper',
    both: { text: 'outer brows', plural: true }, oneSide: '{side} outer brow', done: 'raised',
    does: { plural: 'rise', singular: 'rises' }, noun: 'outer-brow raise',
    plain: 'The outer ends of the brows are drawn up and arched.',
    alsoSaid: ['outer brow raise', 'outer eyebrows raised', 'arched brows', 'brows raised at the outer ends'],
    everyday: [],
  },
  AU4: {
    code: 'AU4', number: 4, name: 'brow lowerer', muscles: ['procerus', 'depressor supercilii', 'corrugator supercilii'], region: 'brows', half: 'upper',
    both: { text: 'brows', plural: true }, oneSide: '{side} brow', done: 'lowered and drawn together',
    does: { plural: 'lower and draw together', singular: 'lowers and draws in' }, noun: 'brow lowering',
    plain: 'The brows are pulled down and towards each other, with upright lines between them.',
    alsoSaid: ['brows lowered', 'lowered brow', 'brows drawn together', 'knitted brows', 'furrowed brow', 'furrowed brows', 'brow furrow', 'eyebrows lowered'],
    everyday: ['frowning brow', 'frown'],
  },
  AU5: {
    code: 'AU5', number: 5, name: 'upper lid raiser', muscles: ['levator palpebrae superioris', 'superior tarsal muscle'], region: 'eyes', half: 'upper',
    both: { text: 'upper lids', plural: true }, oneSide: '{side} upper lid', done: 'raised',
    does: { plural: 'rise', singular: 'rises' }, noun: 'upper-lid raise',
    plain: 'The upper lids are drawn up, so that more of the eyes, often white above the iris, shows.',
    alsoSaid: ['upper eyelids raised', 'eyes widened', 'eyes opened wide', 'eyes wide open', 'wide eyes', 'widened eyes', 'lid raise'],
    everyday: ['stare', 'staring'],
  },
  AU6: {
    code: 'AU6', number: 6, name: 'cheek raiser', muscles: ['orbicularis oculi (orbital part)'], region: 'cheeks', half: 'upper',
    both: { text: 'cheeks', plural: true }, oneSide: '{side} cheek', done: 'raised',
    does: { plural: 'rise', singular: 'rises' }, noun: 'cheek raise',
    plain: 'The cheeks are lifted and the skin around the eyes is gathered, with folds at the outer eye corners.',
    alsoSaid: ['cheeks lifted', 'lifted cheeks', 'raised cheeks', "crow's feet", 'eye corners crinkled', 'crinkled eyes'],
    everyday: ['smiling eyes'],
  },
  AU7: {
    code: 'AU7', number: 7, name: 'lid tightener', muscles: ['orbicularis oculi (palpebral part)'], region: 'eyes', half: 'upper',
    both: { text: 'lids', plural: true }, oneSide: '{side} lids', done: 'tightened',
    does: { plural: 'tighten', singular: 'tighten' }, noun: 'lid tightening',
    plain: 'The lids are tensed and the eye openings are narrowed from below.',
    alsoSaid: ['eyelids tightened', 'tense lids', 'lids tensed', 'eyes narrowed', 'narrowed eyes', 'lower lids tensed', 'squint', 'squinting', 'squinted eyes'],
    everyday: ['glare', 'glaring'],
  },
  AU9: {
    code: 'AU9', number: 9, name: 'nose wrinkler', muscles: ['levator labii superioris alaeque nasi'], region: 'nose', half: 'lower',
    both: { text: 'nose', plural: false }, oneSide: '{side} side of the nose', done: 'wrinkled',
    does: { plural: 'wrinkle', singular: 'wrinkles' }, noun: 'nose wrinkle',
    plain: 'The skin along the sides and the root of the nose is pulled up into folds.',
    alsoSaid: ['nose wrinkled', 'wrinkled nose', 'nose scrunched', 'scrunched nose', 'nose wrinkling', 'crinkled nose'],
    everyday: ['sneer'],
  },
  AU10: {
    code: 'AU10', number: 10, name: 'upper lip raiser', muscles: ['levator labii superioris'], region: 'mouth', half: 'lower',
    both: { text: 'upper lip', plural: false }, oneSide: '{side} side of the upper lip', done: 'raised',
    does: { plural: 'rise', singular: 'rises' }, noun: 'upper-lip raise',
    plain: 'The upper lip is pulled straight up and the furrows beside the nose deepen.',
    alsoSaid: ['upper lip lifted', 'lifted upper lip', 'upper lip raise', 'upper lip curled', 'upper teeth bared'],
    everyday: ['lip curl', 'snarl'],
  },
  AU12: {
    code: 'AU12', number: 12, name: 'lip corner puller', muscles: ['zygomaticus major'], region: 'mouth', half: 'lower',
    both: { text: 'lip corners', plural: true }, oneSide: '{side} lip corner', done: 'pulled up and back',
    does: { plural: 'pull up and back', singular: 'pulls up and back' }, noun: 'lip-corner pull',
    plain: 'The lip corners are drawn back and up towards the cheekbones.',
    alsoSaid: ['lip corners raised', 'lip corners up', 'lip corners turned up', 'mouth corners pulled up', 'corners of the mouth pulled up', 'corners of the mouth turned up', 'upturned lip corners'],
    everyday: ['smile', 'smiling', 'grin', 'grinning'],
  },
  AU14: {
    code: 'AU14', number: 14, name: 'dimpler', muscles: ['buccinator'], region: 'mouth', half: 'lower',
    both: { text: 'lip corners', plural: true }, oneSide: '{side} lip corner', done: 'tucked in',
    does: { plural: 'tuck in', singular: 'tucks in' }, noun: 'lip-corner tuck',
    plain: 'The lip corners are pressed in against the teeth, which can leave dimples beside the mouth.',
    alsoSaid: ['lip corners tightened', 'lip corner tightened', 'tightened lip corner', 'lip corners pressed in', 'dimpled lip corner', 'dimple', 'dimples', 'dimpled cheeks', 'mouth corner tucked in', 'lip corner tucked in'],
    everyday: ['smirk', 'smirking'],
  },
  AU15: {
    code: 'AU15', number: 15, name: 'lip corner depressor', muscles: ['depressor anguli oris'], region: 'mouth', half: 'lower',
    both: { text: 'lip corners', plural: true }, oneSide: '{side} lip corner', done: 'pulled down',
    does: { plural: 'pull down', singular: 'pulls down' }, noun: 'lip-corner drop',
    plain: 'The lip corners are drawn down.',
    alsoSaid: ['lip corners down', 'lip corners lowered', 'lip corners turned down', 'mouth corners pulled down', 'corners of the mouth pulled down', 'corners of the mouth turned down', 'downturned mouth', 'downturned lip corners', 'lip corners depressed', 'lip-corner depression'],
    everyday: ['frowning mouth', 'frown'],
  },
  AU16: {
    code: 'AU16', number: 16, name: 'lower lip depressor', muscles: ['depressor labii inferioris'], region: 'mouth', half: 'lower',
    both: { text: 'lower lip', plural: false }, oneSide: '{side} side of the lower lip', done: 'pulled down',
    does: { plural: 'pull down', singular: 'pulls down' }, noun: 'lower-lip drop',
    plain: 'The lower lip is drawn down, which can bare the lower teeth.',
    alsoSaid: ['lower lip depressed', 'lower lip lowered', 'lower lip drawn down', 'lower teeth bared'],
    everyday: [],
  },
  AU17: {
    code: 'AU17', number: 17, name: 'chin raiser', muscles: ['mentalis'], region: 'chin', half: 'lower',
    both: { text: 'chin', plural: false }, oneSide: null, done: 'pushed up',
    does: { plural: 'push up', singular: 'pushes up' }, noun: 'chin raise',
    plain: 'The skin of the chin is pushed up and puckered, and lifts the lower lip.',
    alsoSaid: ['chin raised', 'chin boss raised', 'chin bunched', 'wrinkled chin', 'chin puckered', 'lower lip pushed up', 'chin pushing up'],
    everyday: ['pout', 'pouting'],
  },
  AU18: {
    code: 'AU18', number: 18, name: 'lip pucker', muscles: ['incisivii labii superioris', 'incisivii labii inferioris'], region: 'mouth', half: 'lower',
    both: { text: 'lips', plural: true }, oneSide: null, done: 'puckered',
    does: { plural: 'pucker', singular: 'puckers' }, noun: 'lip pucker',
    plain: 'The lips are drawn together and pushed forward.',
    alsoSaid: ['lips puckered', 'puckered lips', 'lips pursed', 'pursed lips'],
    everyday: [],
  },
  AU20: {
    code: 'AU20', number: 20, name: 'lip stretcher', muscles: ['risorius', 'platysma'], region: 'mouth', half: 'lower',
    both: { text: 'lip corners', plural: true }, oneSide: '{side} lip corner', done: 'stretched sideways',
    does: { plural: 'stretch sideways', singular: 'stretches sideways' }, noun: 'lip stretch',
    plain: 'The lip corners are drawn straight to the side and the mouth is widened and flattened.',
    alsoSaid: ['lips stretched', 'stretched lips', 'mouth stretched sideways', 'lips drawn back', 'mouth stretched horizontally', 'lip corners pulled sideways', 'mouth widened'],
    everyday: ['grimace'],
  },
  AU22: {
    code: 'AU22', number: 22, name: 'lip funneler', muscles: [ORBICULARIS_ORIS], region: 'mouth', half: 'lower',
    both: { text: 'lips', plural: true }, oneSide: null, done: 'funnelled outward',
    does: { plural: 'funnel outward', singular: 'funnels outward' }, noun: 'lip funnel',
    plain: 'The lips are turned outward in the shape of a funnel.',
    alsoSaid: ['lips funneled', 'funnelled lips', 'funneled lips', 'lips rounded outward', 'lips flared'],
    everyday: [],
  },
  AU23: {
    code: 'AU23', number: 23, name: 'lip tightener', muscles: [ORBICULARIS_ORIS], region: 'mouth', half: 'lower',
    both: { text: 'lips', plural: true }, oneSide: null, done: 'tightened',
    does: { plural: 'tighten', singular: 'tightens' }, noun: 'lip tightening',
    plain: 'The lips are tensed and narrowed, and their red parts thin.',
    alsoSaid: ['lips tightened', 'tight lips', 'tightened lips', 'lips tensed', 'lips narrowed', 'thinned lips', 'lips thinned'],
    everyday: [],
  },
  AU24: {
    code: 'AU24', number: 24, name: 'lip pressor', muscles: [ORBICULARIS_ORIS], region: 'mouth', half: 'lower',
    both: { text: 'lips', plural: true }, oneSide: null, done: 'pressed together',
    does: { plural: 'press together', singular: 'presses together' }, noun: 'lip press',
    plain: 'The lips are pressed against each other.',
    alsoSaid: ['lips pressed', 'pressed lips', 'compressed lips', 'lips compressed', 'mouth pressed shut'],
    everyday: [],
  },
  AU25: {
    code: 'AU25', number: 25, name: 'lips part', muscles: ['depressor labii inferioris, or relaxed mentalis or orbicularis oris'], region: 'mouth', half: 'lower',
    both: { text: 'lips', plural: true }, oneSide: null, done: 'parted',
    does: { plural: 'part', singular: 'parts' }, noun: 'lip parting',
    plain: 'The lips are apart, and teeth or the inside of the mouth may show.',
    alsoSaid: ['lips apart', 'parted lips', 'open lips', 'lips open', 'mouth slightly open', 'teeth showing'],
    everyday: [],
  },
  AU26: {
    code: 'AU26', number: 26, name: 'jaw drop', muscles: ['masseter', 'relaxed temporalis and internal pterygoid'], region: 'mouth', half: 'lower',
    both: { text: 'jaw', plural: false }, oneSide: null, done: 'dropped',
    does: { plural: 'drop', singular: 'drops' }, noun: 'jaw drop',
    plain: 'The jaw hangs down as if relaxed, so that there is space between the teeth.',
    alsoSaid: ['jaw lowered', 'dropped jaw', 'mouth open', 'open mouth', 'mouth opened', 'jaw open'],
    everyday: ['gaping mouth', 'gape'],
  },
  AU27: {
    code: 'AU27', number: 27, name: 'mouth stretch', muscles: ['pterygoids', 'digastric'], region: 'mouth', half: 'lower',
    both: { text: 'mouth', plural: false }, oneSide: null, done: 'stretched wide open',
    does: { plural: 'stretch wide open', singular: 'stretches wide open' }, noun: 'mouth stretch',
    plain: 'The jaw is pulled down actively and the mouth is stretched open from top to bottom.',
    alsoSaid: ['mouth wide open', 'mouth opened wide', 'wide-open mouth', 'mouth agape'],
    everyday: ['gaping mouth'],
  },
  AU28: {
    code: 'AU28', number: 28, name: 'lip suck', muscles: [ORBICULARIS_ORIS], region: 'mouth', half: 'lower',
    both: { text: 'lips', plural: true }, oneSide: null, done: 'sucked in',
    does: { plural: 'suck in', singular: 'sucks in' }, noun: 'lip suck',
    plain: 'The lips are rolled in over the teeth.',
    alsoSaid: ['lips sucked in', 'lips rolled in', 'lips rolled inward', 'sucked-in lips'],
    everyday: [],
  },
  AU43: {
    code: 'AU43', number: 43, name: 'eyes closed', muscles: ['relaxed levator palpebrae superioris'], region: 'eyes', half: 'upper',
    both: { text: 'eyes', plural: true }, oneSide: '{side} eye', done: 'closed',
    does: { plural: 'close', singular: 'closes' }, noun: 'eye closure',
    plain: 'The upper lids are down and stay down.',
    alsoSaid: ['eyes shut', 'closed eyes', 'eyelids closed', 'lids closed'],
    everyday: [],
  },
  AU45: {
    code: 'AU45', number: 45, name: 'blink', muscles: ['relaxed levator palpebrae superioris', 'orbicularis oculi (palpebral part)'], region: 'eyes', half: 'upper',
    both: { text: 'lids', plural: true }, oneSide: '{side} lid', done: 'closed briefly',
    does: { plural: 'blink', singular: 'blinks' }, noun: 'blink',
    plain: 'The lids close and open again within half a second.',
    alsoSaid: ['blinking', 'blinks', 'blinked', 'lid closure', 'eyelid closure'],
    everyday: ['wink'],
  },
} as const satisfies Record<ActionUnitCode, ActionUnitEntry>; // biome-ignore format: one table

/** The entry of one code. */
export const actionUnit = (code: ActionUnitCode): ActionUnitEntry => ACTION_UNITS[code];
