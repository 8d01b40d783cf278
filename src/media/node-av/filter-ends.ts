import { type FilterGraph, FilterInOut } from 'node-av/lib';

type Ends = { open: FilterInOut; close: FilterInOut };

/** The open ends of a graph, between which a chain of filters is parsed: what comes `in` and what goes `out`. */
export const filterEnds = (
  input: ReturnType<FilterGraph['createFilter']>,
  sink: ReturnType<FilterGraph['createFilter']>,
): Ends => {
  const open = new FilterInOut();
  open.alloc();
  open.name = 'in';
  open.filterCtx = input;
  open.padIdx = 0;
  const close = new FilterInOut();
  close.alloc();
  close.name = 'out';
  close.filterCtx = sink;
  close.padIdx = 0;
  return { open, close };
};
