/** Annotations for ELAN (EAF 3.0, https://www.mpi.nl/tools/elan/EAFv3.0.xsd). No node imports: the page writes them. */
import { XMLBuilder } from 'fast-xml-parser';
import {
  ANALYST,
  type Analysis,
  type Correction,
  type Explanation,
  isTimeless,
  type Observation,
  type TimeRange,
} from '../../contracts/index.ts';
import { headline } from '../view/words.ts';

export type EafInput = {
  /** As it was measured. */
  measured: Analysis;
  /** With what a person coded; the same where nobody did. */
  corrected: Analysis;
  corrections: readonly Correction[];
  explanations: readonly Explanation[];
  media: { name: string; mimeType: string } | null;
  /** When it was written. */
  date: Date;
};

type Annotation = TimeRange & { text: string };
type Tier = { id: string; annotations: readonly Annotation[] };

const TYPE = 'default-lt';

/**
 * Everything that has a time as tiers: words, each person's action units as measured (`P1 AU12`) and as a person coded
 * them (`P1 AU12 corrected`), head, gaze, readings, labels and notes. A photo lasts one second, because ELAN has no
 * annotations without length. Names that a reader gave to people are not in it.
 */
export const writeEaf = ({ media, date, ...input }: EafInput): string => {
  const tiers = tiersOf(input).flatMap(withoutOverlaps);
  const slots = timeSlots(tiers.flatMap(({ annotations }) => annotations));
  let count = 0;
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    ANNOTATION_DOCUMENT: {
      '@AUTHOR': 'whyface',
      '@DATE': date.toISOString(),
      '@FORMAT': '3.0',
      '@VERSION': '3.0',
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:noNamespaceSchemaLocation': 'http://www.mpi.nl/tools/elan/EAFv3.0.xsd',
      HEADER: {
        '@MEDIA_FILE': '',
        '@TIME_UNITS': 'milliseconds',
        ...(media === null ? {} : { MEDIA_DESCRIPTOR: mediaDescriptor(media) }),
        PROPERTY: {
          '@NAME': 'lastUsedAnnotationId',
          '#text': String(tiers.flatMap((tier) => tier.annotations).length),
        },
      },
      TIME_ORDER: {
        TIME_SLOT: [...slots].map(([ms, id]) => ({ '@TIME_SLOT_ID': id, '@TIME_VALUE': String(ms) })),
      },
      TIER: tiers.map(({ id, annotations }) => ({
        '@LINGUISTIC_TYPE_REF': TYPE,
        '@TIER_ID': id,
        ANNOTATION: annotations.map(({ startMs, endMs, text }) => {
          count += 1;
          return {
            ALIGNABLE_ANNOTATION: {
              '@ANNOTATION_ID': `a${count}`,
              '@TIME_SLOT_REF1': slots.get(startMs),
              '@TIME_SLOT_REF2': slots.get(endMs),
              ANNOTATION_VALUE: sayable(text),
            },
          };
        }),
      })),
      LINGUISTIC_TYPE: { '@GRAPHIC_REFERENCES': 'false', '@LINGUISTIC_TYPE_ID': TYPE, '@TIME_ALIGNABLE': 'true' },
      CONSTRAINT: CONSTRAINTS.map(([stereotype, description]) => ({
        '@STEREOTYPE': stereotype,
        '@DESCRIPTION': description,
      })),
    },
  };
  return new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressBooleanAttributes: false,
    suppressEmptyNode: true,
    format: true,
  }).build(document);
};

/** The four that ELAN writes into every file. */
const CONSTRAINTS = [
  [
    'Time_Subdivision',
    "Time subdivision of parent annotation's time interval, no time gaps allowed within this interval",
  ],
  [
    'Symbolic_Subdivision',
    'Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered',
  ],
  ['Symbolic_Association', '1-1 association with a parent annotation'],
  ['Included_In', "Time alignable annotations within the parent annotation's time interval, gaps are allowed"],
] as const;

const mediaDescriptor = ({ name, mimeType }: { name: string; mimeType: string }): Record<string, string> => {
  const file = encodeURIComponent(sayable(name));
  return { '@MEDIA_URL': `file:///${file}`, '@MIME_TYPE': mimeType, '@RELATIVE_MEDIA_URL': `./${file}` };
};

const tiersOf = ({ measured, corrected, corrections, explanations }: Omit<EafInput, 'media' | 'date'>): Tier[] => {
  const timeless = isTimeless(measured.clip);
  const tiers = new Map<string, Annotation[]>();
  const put = (id: string, range: TimeRange, text: string): void => {
    const { startMs } = range;
    const at = timeless ? { startMs: 0, endMs: 1000 } : { startMs, endMs: Math.max(range.endMs, startMs + 1) };
    tiers.set(id, [...(tiers.get(id) ?? []), { ...at, text }]);
  };
  for (const observation of measured.observations) {
    const tier = tierOf(observation);
    if (tier !== null) {
      put(tier.id, observation.range, tier.text);
    }
  }
  for (const observation of corrected.observations.filter(({ source }) => source === ANALYST)) {
    const tier = tierOf(observation);
    if (tier !== null) {
      put(`${tier.id} corrected`, observation.range, tier.text);
    }
  }
  for (const { subject, range, judgement } of explanations) {
    put(`${subject ?? 'Voice'} reading`, range, headline(judgement));
  }
  for (const each of corrections) {
    const who = each.subject === null ? '' : `${each.subject} `;
    if (each.kind === 'label') {
      put(`${who}label`, each.range, each.label);
    }
    if (each.note !== '') {
      put(`${who}notes`, each.range, each.note);
    }
  }
  return [...tiers].map(([id, annotations]) => ({ id, annotations }));
};

const tierOf = (observation: Observation): { id: string; text: string } | null => {
  const who = observation.subject === null ? '' : `${observation.subject} `;
  switch (observation.kind) {
    case 'action-unit': {
      const { code, status, side, letter } = observation.au;
      const coded = observation.source === ANALYST;
      if (status !== 'present') {
        return coded ? { id: `${who}${code}`, text: 'absent' } : null;
      }
      return { id: `${who}${code}`, text: [letter ?? 'present', side === 'both' ? '' : side].join(' ').trim() };
    }
    case 'speech':
      return { id: `${observation.speech.speaker ?? ''} words`.trim(), text: observation.speech.quote };
    case 'head':
      return { id: `${who}head`, text: observation.head.movement ?? observation.text };
    case 'gaze':
      return { id: `${who}gaze`, text: observation.gaze.direction };
    case 'voice':
      return { id: `${who}voice ${observation.voice.feature}`, text: observation.voice.word };
    default:
      return null;
  }
};

/** In a tier of ELAN nothing overlaps: what does goes to a second one of the name. */
const withoutOverlaps = ({ id, annotations }: Tier): Tier[] => {
  const layers: Annotation[][] = [];
  for (const annotation of [...annotations].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)) {
    const free = layers.find((layer) => (layer.at(-1)?.endMs ?? 0) <= annotation.startMs);
    if (free === undefined) {
      layers.push([annotation]);
    } else {
      free.push(annotation);
    }
  }
  return layers.map((layer, index) => ({ id: index === 0 ? id : `${id} (${index + 1})`, annotations: layer }));
};

/** One slot for each moment, in the order of time. */
const timeSlots = (annotations: readonly Annotation[]): Map<number, string> => {
  const moments = new Set(annotations.flatMap(({ startMs, endMs }) => [startMs, endMs]));
  return new Map([...moments].sort((a, b) => a - b).map((ms, index) => [ms, `ts${index + 1}`]));
};

/** Without the characters that no XML may hold. */
const sayable = (text: string): string =>
  [...text]
    .filter((character) => /[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(character))
    .join('');
