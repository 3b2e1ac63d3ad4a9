import { closeIn } from '../wire/record.ts';
import type { Evidence } from './evidence.ts';
import { stageOf } from './stage.ts';
import type { Symptom } from './symptom.ts';

const reloaded = ({ proxyWas }: Evidence): boolean => proxyWas === 'reloaded';

/** The client was told why, by a code that says that it may come back (RFC 6455 §7.4.1 and its registry). */
const toldToComeBack = ({ clientFrames }: Evidence): boolean =>
  [1001, 1012].includes(closeIn(clientFrames, 'received')?.code ?? 0);

/** Others that end by chance at the same moment are fewer. */
const FEW = 2;

/** What a proxy does when somebody does something to it: what happens then has its cause there. */
export const handling: readonly Symptom[] = [
  {
    id: 'proxy-died',
    title: 'The proxy dies',
    advice: 'Whatever a client sends, it must go on for the others: look into its log, and tell those who make it.',
    shows: ({ proxyDied }) => proxyDied !== undefined,
    detail: ({ proxyDied }) => `The proxy dies: ${proxyDied}`,
  },
  {
    id: 'all-ended-at-once',
    title: 'The proxy ended the connections of several probes at the same moment, and new ones hold',
    advice:
      'One of its workers has died, or somebody has reloaded it: look into its log at that time. A machine on which nothing ' +
      'runs for some seconds looks the same where timeouts are short.',
    shows: ({ endedWith = 0 }) => endedWith >= FEW,
  },
  {
    id: 'handshake-lost-on-reload',
    title: 'The proxy loses handshakes while it reloads',
    advice: 'The new configuration has to take over the listening socket before the old one lets go of it.',
    shows: (evidence) => reloaded(evidence) && stageOf(evidence) === 'handshake',
  },
  {
    id: 'cut-on-reload',
    title: 'The proxy cuts open connections when it reloads',
    advice: 'Let the old configuration live until its connections have ended, or close them with 1001 or 1012.',
    shows: (evidence) => reloaded(evidence) && evidence.clientEnding !== undefined && !toldToComeBack(evidence),
  },
  {
    id: 'stop-not-told',
    title: 'When it is stopped, the proxy does not end open connections in order',
    advice: 'Have it close them with 1001 and end both sides with a FIN before its process goes.',
    shows: ({ proxyWas }) => proxyWas === 'stopped',
  },
];
