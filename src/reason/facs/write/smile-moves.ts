import type { CitedSentence } from '../../../contracts/index.ts';
import { DUCHENNE, level } from '../../../facs/index.ts';
import { sentence, worded } from './grammar.ts';
import { cited, seedOf, shownAt, type Teller, unitsOf } from './teller.ts';
import { nounOf } from './unit-words.ts';

/** What kind of smile it is, by the cheek raise. */
export type SmileKind = 'duchenne' | 'driven' | 'social' | 'unknown';

/** The smile at the key moment; `null` where there is none. A cheek raise that nobody measured leaves the kind open. */
export const smileOf = (teller: Teller): { kind: SmileKind; cites: string[] } | null => {
  const { units } = teller.reading.key.moment;
  const pull = units.get(DUCHENNE.smile);
  const cheek = units.get(DUCHENNE.marker);
  const strength = pull === undefined ? 0 : Math.min(pull.left, pull.right);
  if (pull === undefined || pull.status !== 'present' || strength < DUCHENNE.smileFrom) {
    return null;
  }
  const cites = [...pull.cites, ...(cheek?.cites ?? [])];
  if (cheek === undefined || cheek.status === 'unknown' || cheek.status === 'unlisted') {
    return { kind: 'unknown', cites: [...pull.cites] };
  }
  if (cheek.status === 'absent') {
    // A laugh with an open jaw is no courtesy, whatever the cheeks were seen to do.
    const laughs =
      strength >= level('E').from ||
      (strength >= level('D').from && [...shownAt(teller, 'AU26'), ...shownAt(teller, 'AU27')].length > 0);
    return laughs ? { kind: 'unknown', cites: [...pull.cites] } : { kind: 'social', cites };
  }
  const raise = (cheek.left + cheek.right) / 2;
  return { kind: raise >= DUCHENNE.driven * strength + DUCHENNE.margin ? 'duchenne' : 'driven', cites };
};

export const smileMove = (teller: Teller): CitedSentence[] => {
  const smile = smileOf(teller);
  const happy = teller.named === 'happiness';
  const partly = teller.named === 'happily-surprised' || teller.named === 'happily-disgusted';
  if (smile === null || !(happy || (partly && smile.kind === 'duchenne'))) {
    return [];
  }
  const seed = seedOf(teller, 'smile');
  const text = {
    duchenne: worded(seed, [
      'the cheek raise goes beyond what a lip-corner pull of this strength lifts by itself; coders call that a Duchenne smile, and it is often read as enjoyment rather than courtesy',
      'the cheeks rise further than the lip corners push them, and a smile with that mark, the Duchenne smile, is often read as felt',
      'what lifts the cheeks is more than the lip-corner pull: the ring of muscle around the eyes takes part, as it does in smiles often read as enjoyment',
    ]),
    driven: 'the cheek raise is no more than the lip-corner pull brings along, so it does not by itself mark enjoyment',
    social: worded(seed, [
      'without a cheek raise, the lip-corner pull reads as a social smile, the kind shown out of courtesy as often as out of pleasure',
      'the mouth pulls up while the cheeks stay down, with no cheek raise; that is often read as a polite smile more than a felt one',
      'a smile with the mouth alone and no cheek raise is often read as courtesy, or as held for the picture',
    ]),
    unknown: 'the lip-corner pull is the movement most often read as happiness',
  }[smile.kind];
  return [cited(sentence(text), smile.cites)];
};

/** One lip corner acting alone. */
export const oneSidedMove = (teller: Teller): CitedSentence[] => {
  const { oneSided } = teller.reading.key.moment;
  if (oneSided === null || oneSided.status !== 'present') {
    return [];
  }
  const unit =
    unitsOf(teller, oneSided.cites).find(({ side }) => side !== 'both') ?? unitsOf(teller, oneSided.cites)[0];
  if (unit === undefined) {
    return [];
  }
  const side = oneSided.left > 0 ? 'left' : 'right';
  const noun = nounOf(unit.code);
  const also = shownAt(teller, unit.code === 'AU12' ? 'AU14' : 'AU12').filter((other) => other.side === side);
  const both = also[0] === undefined ? noun : `${noun} and ${nounOf(also[0].code)}`;
  const verb = also[0] === undefined ? 'acts' : 'act';
  const text =
    teller.named === 'contempt'
      ? `the ${both} ${verb} on the ${side} side alone, and that one-sidedness is what coders look for in contempt`
      : `the ${both} ${verb} on the ${side} side alone, which gives the look a wry note`;
  return [cited(sentence(text), [unit.id, ...also.map(({ id }) => id)])];
};
