import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunFlags } from '../../src/cli/options.ts';
import { selectionOf } from '../../src/cli/select.ts';
import { probes } from '../../src/probes/index.ts';

const select = (flags: Partial<RunFlags>) => selectionOf({ preset: 'quick', ...flags } as RunFlags, probes);

describe('a selection', () => {
  it('takes ids and globs that match', () => {
    const probe = ['handshake/*', 'handshake/upgrade'];
    assert.deepEqual(select({ probe, level: ['must'] }), { preset: 'quick', probe, levels: ['must'] });
  });

  for (const [flag, glob, hint] of [
    ['probe', 'handshake/upgrad', 'Did you mean "handshake/upgrade"?'],
    ['probe', 'upgrade', 'Did you mean "handshake/upgrade"?'],
    ['skip', 'handshake', 'Did you mean "handshake/*"?'],
    ['skip', 'nothing/of/the/kind/*', 'names them all'],
  ] as const) {
    it(`refuses --${flag} ${glob}: ${hint}`, () => {
      assert.throws(() => select({ [flag]: ['handshake/*', glob] }), {
        name: 'UsageError',
        message: new RegExp(
          `^--${flag}: no probe matches "${glob.replace('*', '\\*')}".*${hint.replace(/[?*]/g, '\\$&')}`,
        ),
      });
    });
  }
});
