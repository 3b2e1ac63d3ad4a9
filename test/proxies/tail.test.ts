import assert from 'node:assert/strict';
import { it } from 'node:test';
import { tellingLine } from '../../src/proxies/tail.ts';

const FILES = [{ shown: 'my/site.conf' }];

for (const [what, log, line] of [
  ['a fault in a file of the user', 'error: of no account\nerror: in my/site.conf:3', 'error: in my/site.conf:3'],
  [
    'a fault, when the file was only opened',
    'NOTICE reading my/site.conf\nERROR unknown option',
    'ERROR unknown option',
  ],
  [
    'a file of the user, when there is no fault',
    'starting\nmy/site.conf: 3: what is this?\nbye',
    'my/site.conf: 3: what is this?',
  ],
  ['the last words, when there is neither', 'starting\nout of luck\n', 'out of luck'],
] as const) {
  it(`tells ${what}`, () => assert.equal(tellingLine(log, FILES), `: ${line}`));
}

it('tells nothing of an empty log', () => assert.equal(tellingLine('', FILES), '.'));
