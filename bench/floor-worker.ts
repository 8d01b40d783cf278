/** Runs bare sessions and nothing else: its time is the floor. Told what to run by its parent. */
import { createSessions, openModelStore } from '../src/perceive/models/index.ts';

type Order = { runs: ReadonlyArray<{ graph: string; runs: number }> };

const serve = async ({ runs }: Order): Promise<void> => {
  const sessions = await createSessions({ store: await openModelStore({ environment: process.env }), threads: 1 });
  const prepared = await Promise.all(
    runs.map(async ({ graph: name, runs: count }) => {
      const { session, graph } = await sessions.open(name);
      const feeds = Object.fromEntries(
        graph.inputs.map(({ name: input, dims }) => {
          const shape = dims.map((size) => (typeof size === 'string' ? 1 : size));
          const values = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(0.5);
          return [input, new sessions.Tensor('float32', values, shape)] as const;
        }),
      );
      await session.run(feeds);
      return { session, feeds, count };
    }),
  );
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  for (const { session, feeds, count } of prepared) {
    for (let run = 0; run < count; run += 1) {
      await session.run(feeds);
    }
  }
  process.send?.('done');
};

process.once('message', (order: Order) => {
  void serve(order).then(() => process.disconnect());
});
