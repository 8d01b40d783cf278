/** How far one input has come. */
export type ProgressEvent = {
  stage: 'probe' | 'perceive' | 'observe' | 'reason' | 'verify';
  done: number;
  /** 0 where the whole is not known. */
  total: number;
};

export type OnProgress = (event: ProgressEvent) => void;
