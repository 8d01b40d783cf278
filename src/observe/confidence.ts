import type { SubjectPercepts } from '../contracts/index.ts';
import { clamp, finiteAt, rounded } from './series.ts';

/** A value that is `low` at `from`, 1 at `to`, straight in between; 1 where nothing was measured. */
const ramp = (value: number, from: number, to: number, low: number): number =>
  Number.isNaN(value) ? 1 : low + (1 - low) * clamp((value - from) / (to - from), 0, 1);

/**
 * How far one frame can be trusted, 0–1: face presence × size × turn × sharpness × light. Each factor is 1 in a good
 * frame: 80 px between the outer eye corners, turned less than 25°, half as sharp as a sharp face, neither nearly
 * black nor nearly white.
 */
export const frameQuality = (subject: SubjectPercepts, index: number): number => {
  const presence = finiteAt(subject.confidence, index);
  const yaw = finiteAt(subject.head.yaw, index);
  const pitch = finiteAt(subject.head.pitch, index);
  const turned = Math.max(Math.abs(yaw), Math.abs(pitch));
  const light = finiteAt(subject.brightness, index);
  return (
    clamp(Number.isNaN(presence) ? 0.5 : presence, 0, 1) *
    ramp(finiteAt(subject.interOcular, index), 15, 80, 0.4) *
    ramp(-turned, -60, -25, 0.4) *
    ramp(finiteAt(subject.sharpness, index), 0, 0.5, 0.5) *
    ramp(Number.isNaN(light) ? light : Math.min(light, 1 - light), 0.03, 0.12, 0.6)
  );
};

/** Confidence of a statement about an action unit: frame quality × visibility × margin to the border it is over or under. */
export const marginConfidence = (quality: number, visibility: number, margin: number): number =>
  confidenceOf(quality * visibility * (0.55 + 0.45 * clamp(margin, 0, 1)));

/** A confidence as it stands in data: two digits within 0–1. */
export const confidenceOf = (value: number): number => (Number.isFinite(value) ? rounded(clamp(value, 0, 1), 2) : 0);
