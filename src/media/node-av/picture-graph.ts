import { Filter, FilterGraph, Frame } from 'node-av/lib';
import { WhyfaceError } from '../../kit/error.ts';
import { pictureFilters } from '../filters.ts';
import { filterEnds } from './filter-ends.ts';

/** Turns decoded pictures into upright packed RGB of one size, however the stream's own size or format may change. */
export type PictureGraph = {
  /** Writes `source` as RGB into `target`; false when FFmpeg cannot convert it. */
  convert: (source: Frame, target: Uint8Array) => boolean;
  free: () => void;
};

export const createPictureGraph = (
  uprightFilters: string,
  width: number,
  height: number,
  name: string,
): PictureGraph => {
  const output = new Frame();
  output.alloc();
  let built:
    | {
        graph: FilterGraph;
        key: string;
        input: ReturnType<FilterGraph['createFilter']>;
        sink: ReturnType<FilterGraph['createFilter']>;
      }
    | undefined;

  const build = (source: Frame, key: string) => {
    const graph = new FilterGraph();
    graph.alloc();
    // One worker has one core; a scaler with threads of its own would take the other workers'.
    graph.nbThreads = 1;
    const source_ = Filter.getByName('buffer');
    const sink_ = Filter.getByName('buffersink');
    if (source_ === null || sink_ === null) {
      throw new WhyfaceError({
        code: 'internal',
        stage: 'media',
        message: 'This build of FFmpeg lacks its buffer filters.',
      });
    }
    const input = graph.createFilter(source_, 'in', key);
    const sink = graph.createFilter(sink_, 'out');
    const { open, close } = filterEnds(input, sink);
    const parsed = graph.parsePtr(pictureFilters(uprightFilters, width, height), close, open);
    if (parsed < 0 || graph.configSync() < 0) {
      graph.free();
      throw new WhyfaceError({
        code: 'media-damaged',
        stage: 'media',
        message: `The pictures of ${name} (${source.width} × ${source.height}) cannot be turned into RGB; convert the clip to an H.264 MP4 first.`,
      });
    }
    return { graph, key, input, sink };
  };

  return {
    convert: (source, target) => {
      const key =
        `video_size=${source.width}x${source.height}:pix_fmt=${source.format}:time_base=1/1000:pixel_aspect=1/1` +
        `:colorspace=${source.colorSpace}:range=${source.colorRange}`;
      if (built === undefined || built.key !== key) {
        built?.graph.free();
        built = undefined;
        built = build(source, key);
      }
      if (
        (built.input?.buffersrcAddFrameSync(source) ?? -1) < 0 ||
        (built.sink?.buffersinkGetFrameSync(output) ?? -1) < 0
      ) {
        return false;
      }
      try {
        const plane = output.data?.[0];
        const stride = output.linesize[0] ?? 0;
        const row = width * 3;
        if (plane === undefined || output.width !== width || output.height !== height || stride < row) {
          return false;
        }
        if (stride === row) {
          plane.copy(target, 0, 0, row * height);
        } else {
          for (let y = 0; y < height; y += 1) {
            plane.copy(target, y * row, y * stride, y * stride + row);
          }
        }
        return true;
      } finally {
        output.unref();
      }
    },
    free: () => {
      built?.graph.free();
      output.free();
    },
  };
};
