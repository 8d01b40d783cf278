/** ONNX Runtime sessions of the store's graphs: one a graph, however often it is asked for. */
import type { InferenceSession, TensorConstructor } from 'onnxruntime-node';
import { toWhyfaceError, WhyfaceError } from '../../kit/error.ts';
import { modelInvalid } from './import/model-invalid.ts';
import type { ModelGraph } from './manifest.ts';
import type { LoadedGraph, ModelStore } from './store.ts';

export type OpenGraph = { session: InferenceSession; graph: ModelGraph; reference: LoadedGraph['reference'] };

export type Sessions = {
  Tensor: TensorConstructor;
  /**
   * @param graph `MODEL/GRAPH`, as in the manifest
   * @throws WhyfaceError `model-missing`, `model-invalid`
   */
  open: (graph: string) => Promise<OpenGraph>;
  /** Like `open`, and `null` when the model is not installed. */
  openIfPresent: (graph: string) => Promise<OpenGraph | null>;
  /** What has been opened, sorted by id. */
  references: () => LoadedGraph['reference'][];
  release: () => Promise<void>;
};

export type SessionOptions = {
  store: ModelStore;
  /** Threads of one session. Threads × workers must not exceed the cores. */
  threads: number;
};

const fits = (given: readonly (number | string)[], expected: readonly (number | string)[]): boolean =>
  given.length === expected.length &&
  given.every(
    (size, axis) => typeof size === 'string' || typeof expected[axis] === 'string' || size === expected[axis],
  );

const checkTensors = (
  name: string,
  found: readonly InferenceSession.ValueMetadata[],
  expected: ModelGraph['inputs'],
): void => {
  for (const tensor of expected) {
    const match = found.find((candidate) => candidate.name === tensor.name);
    if (match === undefined || !match.isTensor || match.type !== tensor.type || !fits(match.shape, tensor.dims)) {
      throw modelInvalid(
        `The model ${name} has no ${tensor.type} tensor "${tensor.name}" of ${tensor.dims.join(' × ')}.`,
        {
          model: name,
          tensor: tensor.name,
        },
      );
    }
  }
};

/**
 * Opens the door to the runtime. The native library is loaded here and not at import, so that commands that only list
 * models start without it.
 */
export const createSessions = async ({ store, threads }: SessionOptions): Promise<Sessions> => {
  const runtime = await import('onnxruntime-node');
  const opened = new Map<string, Promise<OpenGraph>>();
  const references = new Map<string, LoadedGraph['reference']>();

  const create = async (name: string): Promise<OpenGraph> => {
    const { bytes, graph, reference } = await store.load(name);
    try {
      const session = await runtime.InferenceSession.create(bytes, {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
      });
      checkTensors(name, session.inputMetadata, graph.inputs);
      checkTensors(name, session.outputMetadata, graph.outputs);
      references.set(name, reference);
      return { session, graph, reference };
    } catch (cause) {
      if (WhyfaceError.isInstance(cause)) {
        throw cause;
      }
      const { message } = toWhyfaceError(cause, 'models');
      throw modelInvalid(
        `The model ${name} cannot be run (${message}); run 'whyface models verify'.`,
        { model: name },
        cause,
      );
    }
  };

  const open = (name: string): Promise<OpenGraph> => {
    const known = opened.get(name);
    if (known !== undefined) {
      return known;
    }
    const opening = create(name);
    opened.set(name, opening);
    // A model that was pulled meanwhile may be opened at the next try.
    opening.catch(() => opened.delete(name));
    return opening;
  };

  return {
    Tensor: runtime.Tensor,
    open,
    openIfPresent: async (name) => ((await store.has(name)) ? open(name) : null),
    references: () => [...references.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    release: async () => {
      const all = await Promise.allSettled(opened.values());
      opened.clear();
      await Promise.all(all.map((each) => (each.status === 'fulfilled' ? each.value.session.release() : undefined)));
    },
  };
};
