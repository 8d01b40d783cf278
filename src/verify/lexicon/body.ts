import type { Body, LexiconEntry } from './sense.ts';

const body = (part: Body, phrases: readonly string[]): LexiconEntry => ({
  sense: { kind: 'body', body: part },
  phrases,
});

/** Words for the parts of the face. Determiners inside a phrase are skipped when it is read. */
export const BODY_LEXICON: readonly LexiconEntry[] = [
  body('brow', ['brow*', 'eyebrow*', 'eye brow*', 'brow line', 'browline', 'brow region', 'brow area']),
  body('inner-brow', [
    'inner brow*', 'inner eyebrow*', 'inner corner* of brow*', 'inner corner* of eyebrow*', 'inner end* of brow*', 'inner end* of eyebrow*',
    'inner part* of brow*', 'inner part* of eyebrow*', 'inner half of brow*', 'inner halves of brow*', 'inner edge* of brow*', 'inner edge* of eyebrow*',
    'inner portion* of brow*', 'inner portion* of eyebrow*', 'inner third* of brow*', 'medial brow*', 'medial eyebrow*', 'brow* inner end*', 'brow* inner corner*', 'eyebrow* inner end*',
    'inner brow corner*', 'inner brow end*', 'inner eyebrow corner*', 'inner eyebrow end*', 'middle of brow*', 'middle of forehead', 'centre of brow*', 'center of brow*',
    'inner ends', 'inner tips of brow*', 'brow heads', 'inside end* of brow*', 'inside corner* of brow*', 'inner side* of brow*',
  ]),
  body('outer-brow', [
    'outer brow*', 'outer eyebrow*', 'outer corner* of brow*', 'outer corner* of eyebrow*', 'outer end* of brow*', 'outer end* of eyebrow*', 'outer part* of brow*',
    'outer part* of eyebrow*', 'outer half of brow*', 'outer halves of brow*', 'outer edge* of brow*', 'outer edge* of eyebrow*', 'outer portion* of brow*', 'outer portion* of eyebrow*',
    'outer third* of brow*', 'lateral brow*', 'lateral eyebrow*', 'tail* of brow*', 'tail* of eyebrow*', 'brow tail*', 'eyebrow tail*', 'outer brow corner*', 'outer brow end*',
    'outer eyebrow corner*', 'outer eyebrow end*', 'brow* outer end*', 'outer tips of brow*', 'outer ends', 'outer side* of brow*',
  ]),
  body('forehead', ['forehead', 'fore head']),
  body('between-brows', [
    'between brow*', 'between eyebrow*', 'glabella', 'glabellar', 'root of nose', 'above nose', 'bridge between brow*', 'space between brow*', 'skin between brow*',
    'area between brow*', 'skin between eyebrow*',
  ]),
  body('eyes', ['eye', 'eyes', 'eye opening*', 'eye aperture*', 'palpebral fissure*', 'eye area', 'eye region']),
  body('lids', ['lid', 'lids', 'eyelid*', 'eye lid*']),
  body('upper-lid', ['upper lid*', 'upper eyelid*', 'top lid*', 'top eyelid*', 'upper eye lid*']),
  body('lower-lid', ['lower lid*', 'lower eyelid*', 'bottom lid*', 'bottom eyelid*', 'under eyelid*', 'lids from below']),
  body('eye-corner', [
    'corner* of eye', 'corner* of eyes', 'outer corner* of eye', 'outer corner* of eyes', 'eye corner*', 'outer eye corner*', 'around eyes', 'around eye', 'beside eyes',
    'next to eyes', 'at outer corners of eyes', 'skin around eyes', 'outer edges of eyes', 'below eyes', 'under eyes', 'beneath eyes',
  ]),
  body('cheeks', ['cheek', 'cheeks', 'apples of cheek*', 'cheek apple*', 'cheek region']),
  body('nose', ['nose', 'bridge of nose', 'nose bridge', 'sides of nose', 'side of nose', 'nasal', 'skin of nose', 'nose root', 'nose area', 'nose region', 'skin along nose', 'around nose']),
  body('nasolabial', ['nasolabial fold*', 'nasolabial furrow*', 'nasolabial line*', 'beside nose', 'furrow* beside nose', 'folds beside nose', 'smile lines']),
  body('mouth', ['mouth', 'mouth area', 'mouth region']),
  body('lips', ['lip', 'lips', 'both lips', 'lip line', 'red of lips']),
  body('upper-lip', ['upper lip*', 'top lip*']),
  body('lower-lip', ['lower lip*', 'bottom lip*', 'underlip']),
  body('lip-corner', [
    'lip corner*', 'mouth corner*', 'corner* of mouth', 'corner* of lip*', 'mouth\'s corner*', 'end* of lip*', 'edge* of mouth', 'edge* of lip*', 'oral commissure*', 'commissure*',
    'side* of mouth', 'corner* mouth', 'corners', 'corner', 'mouth edge*', 'lip end*', 'end* of mouth',
  ]),
  body('teeth', ['tooth', 'teeth', 'upper teeth', 'lower teeth', 'top teeth', 'bottom teeth']),
  body('jaw', ['jaw', 'jaws', 'lower jaw', 'mandible', 'jawline']),
  body('chin', ['chin', 'chin boss', 'chin skin', 'skin of chin', 'skin over chin', 'skin on chin', 'mentalis', 'chin area']),
  body('upper-face', ['upper face', 'upper half of face', 'top half of face', 'top of face', 'upper part of face']),
  body('lower-face', ['lower face', 'lower half of face', 'bottom half of face', 'lower part of face']),
  body('face', ['face', 'facial']),
  body('head', ['head', 'heads']),
]; // biome-ignore format: one table
