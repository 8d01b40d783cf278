/** The web page: a folder of built files, served as they are. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { RouteGroup } from '../services.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  // The example.
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt; charset=utf-8',
};

/** Own scripts and styles only; media and pictures may be those that the person dropped in (blob:). */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A name with the digest of its content never means other content. */
const HASHED = /[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;

type PageFile = { bytes: Buffer; type: string; cacheControl: string };

/**
 * Reads the folder once. Only what was found then is ever served: no path of a request touches the disk. `null` where
 * there is no page.
 */
export const loadPage = async (folder: string): Promise<ReadonlyMap<string, PageFile> | null> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null || !entries.some(({ name }) => name === 'index.html')) {
    return null;
  }
  const files = new Map<string, PageFile>();
  for (const entry of entries.filter((each) => each.isFile() && TYPES[extname(each.name)] !== undefined)) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    const immutable = name.startsWith('assets/') && HASHED.test(name);
    files.set(`/${name}`, {
      bytes: await readFile(path),
      type: TYPES[extname(entry.name)] ?? 'application/octet-stream',
      cacheControl: immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  }
  const index = files.get('/index.html');
  if (index !== undefined) {
    files.set('/', index);
  }
  return files;
};

export const pageRoutes =
  (files: ReadonlyMap<string, PageFile>): RouteGroup =>
  (app) => {
    for (const [path, { bytes, type, cacheControl }] of files) {
      app.get(
        path,
        () =>
          new Response(new Uint8Array(bytes), {
            headers: { 'content-type': type, 'cache-control': cacheControl, 'content-security-policy': POLICY },
          }),
      );
    }
  };
