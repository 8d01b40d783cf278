/** Names of the blobs of an analysis. */
export const blobKeys = (id: string) => ({
  clip: `${id}/clip`,
  transcript: `${id}/transcript`,
  percepts: `${id}/percepts`,
  analysis: `${id}/analysis`,
  /** What a worker on another machine leaves for the service to take in. */
  result: `${id}/result`,
  still: (subject: string, ms: number): string => `${id}/still-${subject}-${ms}`,
});
