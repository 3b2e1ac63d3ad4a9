import { finds } from './finding.ts';
import { page } from './hand-made.ts';
import { dialogue, text } from './hand-made-dialogue.ts';

const CALM = [text('client', 'before'), text('origin', 'before')];

finds('handling', [
  [
    'proxy-died',
    { proxyDied: 'exited with code 139', got: null, kind: 'ended' },
    'The proxy dies: exited with code 139',
  ],
  ['all-ended-at-once', { ...dialogue(CALM, { client: { ending: 9 }, origin: { ending: 9 } }), endedWith: 2 }],
  ['handshake-lost-on-reload', { proxyWas: 'reloaded', saw: null, replied: null, got: null, kind: 'ended' }],
  ['handshake-lost-on-reload', { proxyWas: 'reloaded', saw: null, replied: null, got: page('502 Bad Gateway', '') }],
  ['cut-on-reload', { ...dialogue(CALM, { client: { ending: 9 }, origin: { ending: 9 } }), proxyWas: 'reloaded' }],
  ['stop-not-told', { ...dialogue(CALM), proxyWas: 'stopped' }],
  [
    'stop-not-told',
    { ...dialogue(CALM, { client: { ending: { how: 'rst', at: 9 } } }), kind: 'value', proxyWas: 'stopped' },
  ],
]);
