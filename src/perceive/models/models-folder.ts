import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The variables that whyface reads; given as data so that nothing but the edge of the program touches the process. */
export type ModelEnvironment = Readonly<Record<string, string | undefined>>;

const given = (value: string | undefined): value is string => value !== undefined && value !== '';

/**
 * Where models are kept: the option, `WHYFACE_MODELS`, `$XDG_CACHE_HOME/whyface/models`, `~/.cache/whyface/models`,
 * whichever is given first. Always absolute; it need not exist.
 */
export const modelsFolder = (environment: ModelEnvironment, option?: string): string => {
  if (given(option)) {
    return resolve(option);
  }
  if (given(environment.WHYFACE_MODELS)) {
    return resolve(environment.WHYFACE_MODELS);
  }
  const home = given(environment.HOME) ? environment.HOME : homedir();
  const cache = given(environment.XDG_CACHE_HOME) ? environment.XDG_CACHE_HOME : join(home, '.cache');
  return resolve(cache, 'whyface', 'models');
};

/** `WHYFACE_OFFLINE`: anything but empty, `0` and `false` forbids the network. */
export const isOffline = (environment: ModelEnvironment): boolean => {
  const value = environment.WHYFACE_OFFLINE;
  return given(value) && value !== '0' && value.toLowerCase() !== 'false';
};
