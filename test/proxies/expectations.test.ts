import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../../src/errors.ts';
import { type MeasuredTarget, updateExpectations } from '../../src/proxies/expectations.ts';

const ORDER = ['handshake/upgrade', 'handshake/plain-request', 'headers/cookies', 'lifetime/idle'];

const FILE = `# What is known of mine.
name: mine
homepage: https://example.com
image: mine:3.0
versions: ["3.0", "2.0", "1.0"]     # newest first
listen: { ws: 80, wss: 443 }

variants:
  websocket: { files: { right.conf: /etc/mine.conf } }   # as it should be
  naive:
    title: A bare upstream
    files: { naive.conf: /etc/mine.conf }
    expect:
      # The first thing that breaks.
      handshake/upgrade: { verdict: fail, because: It says so. }
      lifetime/idle: warn

fixes: {}
`;

interface Run {
  readonly variant?: string;
  readonly transport?: 'ws' | 'wss';
  readonly asked?: string;
  readonly version?: string;
  readonly sound?: boolean;
}

const after = (run: Run, verdicts: Record<string, 'pass' | 'fail' | 'warn'>): MeasuredTarget => ({
  variant: 'naive',
  transport: 'ws',
  sound: false,
  ...run,
  verdicts: new Map(Object.entries(verdicts)),
});

const update = (text: string, ...targets: MeasuredTarget[]) =>
  updateExpectations(text, 'proxy.yaml', { targets, date: '2026-05-04' }, ORDER);

/** The lines that an update takes out and puts in. */
function changed(text: string, ...targets: MeasuredTarget[]): { out: string[]; in: string[] } {
  const [before, now] = [text.split('\n'), update(text, ...targets).text.split('\n')];
  return { out: before.filter((line) => !now.includes(line)), in: now.filter((line) => !before.includes(line)) };
}

const VERSIONS = ['1.0', '2.0', '3.0'];
const everywhere = (verdictOf: (version: string, transport: 'ws' | 'wss') => 'pass' | 'fail' | 'warn', probe: string) =>
  VERSIONS.flatMap((asked) =>
    (['ws', 'wss'] as const).map((transport) =>
      after({ asked, version: `${asked}.7`, transport }, { [probe]: verdictOf(asked, transport) }),
    ),
  );

describe('known outcomes that are brought up to date', () => {
  it('are left alone, down to the last space, when they hold', () => {
    const { text, changes } = update(FILE, after({}, { 'handshake/upgrade': 'fail', 'lifetime/idle': 'warn' }));
    assert.equal(text, FILE);
    assert.deepEqual(changes, []);
  });

  it('say by which symptom they are known, and keep their reasons', () => {
    const failed = (symptom: string, run: Run = {}): MeasuredTarget => ({
      ...after(run, { 'handshake/upgrade': 'fail' }),
      symptoms: new Map([['handshake/upgrade', symptom]]),
    });
    const learned = changed(FILE, failed('upgrade-headers-dropped'));
    assert.deepEqual(learned.in, [
      '      handshake/upgrade: { verdict: fail, symptom: upgrade-headers-dropped, because: It says so. }',
    ]);
    const { text } = update(FILE, failed('upgrade-headers-dropped'));
    assert.equal(update(text, failed('upgrade-headers-dropped')).text, text);
    // A reason for one symptom is none for another.
    const everywhere = VERSIONS.flatMap((asked) =>
      (['ws', 'wss'] as const).map((transport) => failed('idle-cut', { asked, transport })),
    );
    assert.deepEqual(changed(text, ...everywhere).in, [
      '      handshake/upgrade: { verdict: fail, symptom: idle-cut }',
    ]);
  });

  it('may be known by several symptoms, and by one that began with a version', () => {
    const failed = (symptom: string, run: Run): MeasuredTarget => ({
      ...after(run, { 'lifetime/idle': 'warn' }),
      symptoms: new Map([['lifetime/idle', symptom]]),
    });
    const several = FILE.replace(
      'lifetime/idle: warn',
      'lifetime/idle: { verdict: warn, symptom: [idle-cut, tunnel-cut] }',
    );
    assert.equal(update(several, failed('tunnel-cut', { asked: '2.0' })).text, several);
    const everyVersion = VERSIONS.map((asked) => failed(asked === '3.0' ? 'tunnel-cut' : 'idle-cut', { asked }));
    assert.deepEqual(update(FILE, ...everyVersion).changes[0]?.outcomes.slice(0, 2), [
      { verdict: 'warn', symptom: ['idle-cut'], versions: '<3', transports: ['ws'] },
      { verdict: 'warn', symptom: ['tunnel-cut'], versions: '>=3', transports: ['ws'] },
    ]);
  });

  it('are left alone where there is no verdict', () => {
    assert.equal(update(FILE, after({}, {})).text, FILE);
  });

  it('stand in the order of the catalog, and all other lines stay as they were', () => {
    const seen = { 'handshake/upgrade': 'fail', 'headers/cookies': 'warn', 'lifetime/idle': 'warn' } as const;
    const { text, changes } = update(FILE, after({ asked: '3.0' }, seen));
    assert.equal(text, FILE.replace('      lifetime/idle', '      headers/cookies: warn\n      lifetime/idle'));
    assert.deepEqual(changes, [{ variant: 'naive', probe: 'headers/cookies', outcomes: [{ verdict: 'warn' }] }]);
  });

  it('are written to a variant that had none', () => {
    const { text } = update(FILE, after({ variant: 'websocket' }, { 'headers/cookies': 'fail' }));
    assert.ok(
      text.includes(`
  websocket:
    # as it should be
    files: { right.conf: /etc/mine.conf }
    expect: { headers/cookies: fail }
  naive:
`),
      text,
    );
    assert.match(text, /\["3\.0", "2\.0", "1\.0"\] {5}# newest first\n/);
  });

  it('are taken out when nothing of them happens any more', () => {
    const gone = everywhere(() => 'pass', 'lifetime/idle');
    assert.deepEqual(changed(FILE, ...gone), { out: ['      lifetime/idle: warn'], in: [] });
    const { text } = update(update(FILE, ...gone).text, ...everywhere(() => 'pass', 'handshake/upgrade'));
    assert.doesNotMatch(text, /expect/);
  });

  it('leave all other lines as they are, whatever stands in them', () => {
    const text = FILE.replace(
      'fixes: {}',
      'fixes: { x: { text: "A line of some length, and\\nanother one behind it." } }',
    );
    assert.deepEqual(changed(text, after({}, { 'headers/cookies': 'fail' })).out, []);
  });

  it('keep what is known of versions and transports that were not looked at', () => {
    assert.deepEqual(changed(FILE, after({ asked: '3.0', version: '3.0.7' }, { 'lifetime/idle': 'pass' })).in, [
      '      lifetime/idle:',
      '        - { verdict: warn, versions: "<3", transports: [ws] }',
      '        - { verdict: warn, transports: [wss] }',
    ]);
  });

  it('have a range where versions differ', () => {
    const old = everywhere((version) => (version === '3.0' ? 'pass' : 'fail'), 'headers/cookies');
    assert.deepEqual(changed(FILE, ...old).in, ['      headers/cookies: { verdict: fail, versions: "<3" }']);
    const middle = everywhere((version) => (version === '2.0' ? 'fail' : 'pass'), 'headers/cookies');
    assert.deepEqual(changed(FILE, ...middle).in, ['      headers/cookies: { verdict: fail, versions: ">=2 <3" }']);
    const ends = everywhere((version) => (version === '2.0' ? 'pass' : 'fail'), 'headers/cookies');
    assert.deepEqual(changed(FILE, ...ends).in, [
      '      headers/cookies:',
      '        - { verdict: fail, versions: "<2" }',
      '        - { verdict: fail, versions: ">=3" }',
    ]);
  });

  it('name the transports where these differ', () => {
    const one = everywhere((_, transport) => (transport === 'wss' ? 'fail' : 'pass'), 'headers/cookies');
    assert.deepEqual(changed(FILE, ...one).in, ['      headers/cookies: { verdict: fail, transports: [wss] }']);
    const ends = everywhere(
      (version, transport) => (transport === 'wss' && version !== '2.0' ? 'fail' : 'pass'),
      'headers/cookies',
    );
    assert.deepEqual(changed(FILE, ...ends).in, [
      '      headers/cookies:',
      '        - { verdict: fail, versions: "<2", transports: [wss] }',
      '        - { verdict: fail, versions: ">=3", transports: [wss] }',
    ]);
  });

  it('keep their reason when they shrink or grow', () => {
    const shrunk = update(FILE, ...everywhere((version) => (version > '1.0' ? 'pass' : 'fail'), 'handshake/upgrade'));
    assert.match(
      shrunk.text,
      / # The first thing that breaks\.\n {6}handshake\/upgrade: \{ verdict: fail, versions: "<2", because: It says so\. \}\n/,
    );
    const grown = update(shrunk.text, ...everywhere(() => 'fail', 'handshake/upgrade'));
    assert.equal(grown.text, FILE);
  });

  it('are a race that stays one wherever it is won, and is written down where it is lost', () => {
    const race = FILE.replace('because: It says so. }', 'because: It says so, race: true }');
    const won = update(race, ...everywhere(() => 'pass', 'handshake/upgrade'));
    assert.equal(won.text, race);
    const lost = everywhere((version) => (version > '1.0' ? 'pass' : 'warn'), 'handshake/upgrade');
    assert.match(
      update(race, ...lost).text,
      /- \{ verdict: warn, versions: "<2" \}\n.*- \{ verdict: fail, versions: ">=2", because: It says so, race: true \}/,
    );
  });

  it('take tries of one version that disagree for nothing', () => {
    const twice = [
      after({ version: '3.0' }, { 'headers/cookies': 'fail' }),
      after({ version: '3.0' }, { 'headers/cookies': 'pass' }),
    ];
    assert.equal(update(FILE, ...twice).text, FILE);
  });

  it('need no versions when the proxy tells none', () => {
    const module = FILE.replace(/image.*\nversions.*\nlisten.*\n/, 'module: mine.mjs\n').replace(
      /files: \{.*?\}/g,
      'options: {}',
    );
    assert.deepEqual(changed(module, after({}, { 'headers/cookies': 'warn', 'lifetime/idle': 'pass' })), {
      out: ['      lifetime/idle: warn'],
      in: ['      headers/cookies: warn'],
    });
  });

  it('are written out before they can be changed', () => {
    const shared = FILE.replace(
      'right.conf: /etc/mine.conf } }',
      'right.conf: /etc/mine.conf }, expect: &known {} }',
    ).replace(/expect:\n.*\n.*\n.*warn/, 'expect: *known');
    assert.throws(
      () => update(shared, after({}, { 'handshake/upgrade': 'fail' })),
      (error) => error instanceof UsageError && /^variants\.naive\.expect must be written out/.test(error.message),
    );
  });
});

describe('the proof of the right variant', () => {
  const right = (run: Run) => after({ variant: 'websocket', ...run }, { 'handshake/upgrade': 'pass' });

  it('is entered with the version and the day, and replaced by the next one', () => {
    const { text } = update(FILE, right({ version: '3.0.7', sound: true }));
    assert.equal(text, FILE.replace('\nvariants', 'proven: { version: 3.0.7, date: 2026-05-04 }\n\nvariants'));
    assert.match(update(text, right({ version: '3.1.0', sound: true })).text, /\nproven: \{ version: 3\.1\.0, date: /);
  });

  it('is that of the newest version in which it holds over each transport', () => {
    const { text } = update(
      FILE,
      right({ version: '1.0.7', sound: true }),
      right({ version: '2.0.7', sound: true }),
      right({ version: '3.0.7', sound: true }),
      right({ version: '3.0.7', transport: 'wss', sound: false }),
    );
    assert.match(text, /version: 2\.0\.7/);
  });

  it('is no other variant’s', () => {
    assert.equal(update(FILE, after({ sound: true }, { 'handshake/upgrade': 'fail' })).text, FILE);
  });
});
