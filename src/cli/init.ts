import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { findConfig } from '../config/config-file.ts';
import { UsageError } from '../errors.ts';
import type { Session } from './session.ts';

const TEMPLATES = new URL('../../../templates/', import.meta.url);

/** A template, and where a project has it. */
interface Place {
  readonly template: string;
  readonly file: string;
}

const CONFIG: Place = { template: 'wsproof.config.yaml', file: 'wsproof.config.yaml' };

const CI = {
  github: { template: 'github-workflow.yml', file: '.github/workflows/websockets.yml' },
  gitlab: { template: 'wsproof.gitlab-ci.yml', file: 'ci/wsproof.gitlab-ci.yml' },
} as const satisfies Record<string, Place>;

interface InitFlags {
  readonly ci?: keyof typeof CI;
  readonly force?: true;
}

/** Writes a template to its place. @throws UsageError when something is there, or it cannot be written */
async function place({ template, file }: Place, force: boolean): Promise<void> {
  const text = await readFile(fileURLToPath(new URL(template, TEMPLATES)), 'utf8');
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`${file} is there already. Write over it with --force.`);
    throw new UsageError(`${file} cannot be written: ${message}.`);
  }
}

export function initCommand({ out }: Session): Command {
  return new Command('init')
    .description('Write a configuration to begin with, and a workflow')
    .addOption(new Option('--ci <system>', 'a workflow for it as well').choices(Object.keys(CI)))
    .option('--force', 'write over what is there')
    .action(async ({ ci, ...flags }: InitFlags) => {
      const force = flags.force ?? false;
      const found = await findConfig('.');
      // With a workflow alone to be added the configuration stays as it is.
      const places = [...(found !== undefined && ci && !force ? [] : [CONFIG]), ...(ci ? [CI[ci]] : [])];
      if (found !== undefined && found !== CONFIG.file && places.includes(CONFIG)) {
        throw new UsageError(`There is a configuration already: ${found}.`);
      }
      for (const one of places) {
        await place(one, force);
        await out.write(`${one.file}\n`);
      }
      await out.write('\nwsproof doctor says what can run here, wsproof matrix --plan what would.\n');
    });
}
