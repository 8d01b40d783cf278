import type { LexiconEntry } from './sense.ts';

export const HEAD_GAZE_LEXICON: readonly LexiconEntry[] = [
  { sense: { kind: 'head-word', movement: 'nod' }, phrases: ['nod~', 'nod', 'nods', 'head nod', 'nodding', 'head nods', 'nod* of head', 'bob~'] },
  { sense: { kind: 'head-word', movement: 'shake' }, phrases: ['shake*', 'head shake', 'shaking', 'shook', 'shaken', 'head shakes', 'headshake', 'shake* of head', 'head shaking', 'side to side'] },
  { sense: { kind: 'head-word', movement: 'tilt' }, phrases: ['tilt~', 'tilt', 'tilts', 'head tilt', 'cocked', 'lean~', 'incline~', 'tip~', 'cocks', 'roll', 'head tilting', 'canted', 'cant~'] },
  { sense: { kind: 'head-word', movement: 'turn' }, phrases: ['turn~', 'turn', 'turns', 'head turn', 'rotate~', 'yaw', 'swivel~', 'swing~', 'head turning', 'averted', 'swings', 'pivot~', 'face~ away', 'facing', 'faces', 'turned away', 'turns away', 'in profile'] },
  { sense: { kind: 'head-word', movement: 'still' }, phrases: ['still', 'steady', 'motionless', 'upright', 'level', 'straight', 'does not move', 'not move', 'immobile', 'frontal', 'facing the camera', 'faces the camera', 'straight ahead', 'square to the camera', 'stationary', 'in place'] },
  { sense: { kind: 'head-word', movement: 'raise' }, phrases: ['raise~', 'lift~', 'up', 'upward', 'upwards', 'pitch~ up', 'pitched up', 'thrown back', 'tipped back', 'tilted back', 'tilts back', 'back', 'held high', 'rises'] },
  { sense: { kind: 'head-word', movement: 'lower' }, phrases: ['lower~', 'lower', 'drop~', 'down', 'downward', 'downwards', 'bow~', 'dip~', 'hang~', 'hung', 'bent forward', 'pitch~ down', 'duck~', 'sinks', 'sink'] },
  { sense: { kind: 'gaze-word' }, phrases: ['gaze', 'gazes', 'gazing', 'gazed', 'look~', 'looks', 'glance~', 'line of sight', 'eye contact', 'eye direction', 'peer~', 'irises', 'averts', 'avert~'] },
  { sense: { kind: 'gaze-direction', direction: 'camera' }, phrases: ['camera', 'at the camera', 'into the camera', 'into the lens', 'lens', 'straight ahead', 'viewer', 'ahead', 'forward', 'directly at', 'at the viewer', 'straight at', 'direct', 'front', 'eye contact', 'level and direct'] },
  { sense: { kind: 'gaze-direction', direction: 'left' }, phrases: ['left', 'leftward', 'leftwards', 'to the left', 'to left', 'left side'] },
  { sense: { kind: 'gaze-direction', direction: 'right' }, phrases: ['right', 'rightward', 'rightwards', 'to the right', 'to right', 'right side'] },
  { sense: { kind: 'gaze-direction', direction: 'up' }, phrases: ['above the camera', 'above camera', 'over the camera', 'up', 'upward', 'upwards', 'above', 'skyward', 'raised'] },
  { sense: { kind: 'gaze-direction', direction: 'down' }, phrases: ['below the camera', 'beneath the camera', 'under the camera', 'down', 'downward', 'downwards', 'below', 'downcast', 'lowered', 'the floor', 'the ground', 'lap'] },
  { sense: { kind: 'gaze-direction', direction: 'away' }, phrases: ['past the camera', 'drop~ away from the camera', 'drop away from the camera', 'turn~ away from the camera', 'past the lens', 'beyond the camera', 'beside the camera', 'next to the camera', 'away', 'averted', 'aside', 'off camera', 'elsewhere', 'off to the side', 'to the side', 'sideways', 'away from the camera', 'off to one side', 'off screen'] },
  { sense: { kind: 'units', codes: ['AU45'] }, phrases: ['blink', 'blinks', 'blinked', 'blinking', 'blink rate', 'eyeblink*', 'blinking rate', 'eye blinks'] },
]; // biome-ignore format: one table
