import type { Action, LexiconEntry } from './sense.ts';

const action = (name: Action, phrases: readonly string[]): LexiconEntry => ({
  sense: { kind: 'action', action: name },
  phrases,
});

/**
 * Words for what a part of the face does. Verbs without a direction of their own ("pull", "draw", "turn") are not
 * here: their particle ("up", "together") carries the meaning.
 */
export const ACTION_LEXICON: readonly LexiconEntry[] = [
  action('up', [
    'raise~', 'lift~', 'elevate~', 'elevation*', 'hoist~', 'hike~', 'rise', 'rises', 'rose', 'risen', 'rising', 'up', 'upward', 'upwards', 'upturn~', 'uplift~', 'upswept', 'upturn',
    'higher', 'climb~', 'shoot up', 'shoots up', 'shot up', 'skyward', 'heavenward', 'raised up', 'ascend~', 'heighten~', 'jump~', 'perk~', 'perk~ up', 'up turned', 'up raised', 'high',
    'cocked', 'cock~', 'raising', 'raises', 'quirk~', 'lift', 'lifts', 'hitch~', 'hitched up', 'buoy~', 'aloft',
  ]),
  action('down', [
    'lower', 'lowers', 'lowered', 'lowering', 'drop~', 'depress~', 'depression*', 'down', 'downward', 'downwards', 'downturn~', 'downturn', 'sink', 'sinks', 'sank', 'sunk', 'sinking', 'sag~', 'droop~', 'fall',
    'falls', 'fell', 'fallen', 'falling', 'descend~', 'descent', 'slump~', 'dip~', 'down turned', 'drag~', 'beetled', 'lowers down', 'hang~', 'hung', 'hangs', 'slack', 'loose', 'unhinge~',
  ]),
  action('together', [
    'together', 'knit~', 'knit', 'knitting', 'pinch~', 'contract~', 'gather~', 'converge~', 'towards each other', 'toward each other', 'closer', 'inward', 'inwards', 'close together', 'one another',
    'drawn in', 'draw in', 'draws in', 'drawing in', 'pulled in', 'pull in', 'pulls in', 'bunched together', 'meet', 'meeting', 'meets', 'squeeze~ together', 'closer together', 'toward one another', 'towards one another', 'knot~',
  ]),
  action('apart', ['apart', 'separate~', 'separation', 'away from each other', 'unsealed']),
  action('sideways', [
    'sideways', 'horizontal', 'horizontally', 'lateral', 'laterally', 'to the side', 'to the sides', 'towards the ears', 'toward the ears', 'outwards to sides', 'sideward', 'sidewards', 'straight to the side', 'straight sideways', 'wide and flat', 'spread', 'spreads', 'spreading',
  ]),
  action('back', ['back', 'backward', 'backwards', 'retract~', 'retraction', 'rearward']),
  action('in', ['inside', 'tucked in', 'tuck~', 'tuck in', 'tucks in', 'tucking in', 'pressed in', 'press~ in', 'pinched in', 'indent~', 'crimp~', 'tuck']),
  action('forward', ['forward', 'forwards', 'protrude~', 'protrusion', 'pushed out', 'push out', 'pushes out', 'jut~', 'stick~ out', 'stuck out', 'thrust', 'poke~ out', 'poked out', 'pout~ forward']),
  action('out', ['outward', 'outwards', 'flare~', 'everted', 'turned out', 'turn~ out', 'flaring']),
  action('open', ['open~', 'open', 'opens', 'gape~', 'gaping', 'agape', 'ajar', 'unclosed', 'opening', 'openness', 'yawn~', 'fall open', 'falls open', 'fell open', 'fallen open', 'drop~ open', 'hang~ open', 'hung open']),
  action('wide', [
    'wide', 'widen~', 'wider', 'wide open', 'opened wide', 'open wide', 'opens wide', 'widely open', 'wide opened', 'opened widely', 'enlarge~', 'bulge~', 'popped open', 'pop~ open', 'goggle~', 'wide eyed', 'widening', 'saucer',
  ]),
  action('narrow', ['narrow~', 'narrower', 'slit*', 'slitted', 'squint~', 'squinty', 'screw~ up', 'screwed up', 'scrunch~ up', 'squeeze~', 'squeezed', 'partially closed', 'partly closed', 'half closed', 'half shut', 'slightly closed']),
  action('close', ['close~', 'closed', 'shut', 'shuts', 'shutting', 'closure*', 'seal~', 'sealed', 'closing', 'clamp~ shut', 'clamped shut', 'remain closed']),
  action('tighten', ['tighten~', 'tight', 'tense~', 'tension', 'tensed', 'taut', 'clench~', 'stiffen~', 'thin', 'thinned', 'thinning', 'thins', 'tightness', 'firm', 'tighter', 'strain~', 'tensing', 'thinner', 'purse~ tight']),
  action('press', ['squeeze~ together', 'squeezed together', 'push~ together', 'press~', 'pressed', 'compress~', 'compression', 'clamp~', 'pressing', 'pressure', 'press together', 'squashed', 'pressed together', 'press~ together', 'pressed tightly together', 'pressed shut', 'press~ shut', 'squeeze~ shut']),
  action('part', ['part', 'parts', 'parted', 'parting', 'slightly open', 'slightly apart', 'unseal~']),
  action('wrinkle', ['wrinkle~', 'crinkle~', 'crease~', 'scrunch~', 'crinkly', 'line~', 'fold', 'folds', 'crow', 'corrugate~', 'wrinkling', 'wrinkly', 'creasing', 'pucker~ up', 'lined']),
  action('furrow', ['furrow~', 'furrowing', 'frown~', 'scowl~', 'pleated', 'beetling', 'corrugation']),
  action('stretch', ['stretch~', 'elongate~', 'extend~', 'stretching', 'drawn out', 'draw~ out']),
  action('pucker', ['pucker~', 'purse~', 'pursing', 'puckering', 'bud', 'pursed', 'kiss', 'kissing']),
  action('funnel', ['funnel~', 'funnelled', 'funnelling', 'round~', 'trumpet', 'cone', 'o shape', 'o shaped', 'rounding']),
  action('suck', ['suck~', 'suck in', 'sucked in', 'rolled in', 'roll~', 'roll in', 'rolls in', 'rolled inward', 'folded inward', 'folded in', 'drawn over the teeth', 'over teeth', 'tucked between the teeth', 'sucks in', 'sucking in', 'disappear~', 'vanish~']),
  action('dimple', ['dimple~', 'dimpled', 'dimpling', 'pit~', 'cobbled', 'orange peel']),
  action('curl', ['curl~', 'curling', 'snarl~', 'hook~']),
  action('arch', ['arch~', 'arched', 'bow~', 'arching', 'curved up', 'curve~ up', 'curve~ upward', 'curve~ upwards']),
  action('bare', ['bare~', 'exposed', 'expose~', 'show~', 'visible', 'flash~', 'reveal~']),
  action('bunch', ['bunch~', 'bunch up', 'bunched up', 'bunching up', 'swell~', 'plump~', 'push up', 'pushed up', 'pushes up', 'pushing up', 'push~ upward', 'puff~ up', 'boss~', 'knob~', 'ball~ up', 'crumple~', 'thrust up', 'jut~ up']),
  action('deepen', ['deepen~', 'deepened', 'deeper', 'etched']),
]; // biome-ignore format: one table

/** Verbs that say only that something moves; the particle after them decides. Also where an ellipsis leaves the verb out. */
export const WEAK_VERBS: ReadonlySet<string> = new Set(
  [
    'pull',
    'draw',
    'push',
    'turn',
    'move',
    'go',
    'come',
    'shift',
    'tug',
    'bring',
    'force',
    'point',
    'angle',
    'slant',
    'bend',
    'curve',
    'set',
    'hold',
    'keep',
  ]
    .flatMap((verb) => [verb, `${verb}s`, `${verb}ed`, `${verb}ing`])
    .concat([
      'goes',
      'went',
      'gone',
      'came',
      'coming',
      'drawn',
      'drew',
      'moving',
      'forcing',
      'curving',
      'held',
      'kept',
      'tugged',
      'tugging',
      'bent',
      'brought',
    ]),
);
