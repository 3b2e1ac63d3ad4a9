import { aborts } from './aborts.ts';
import { badSwitches } from './bad-switches.ts';
import { balancing } from './balancing.ts';
import { behindRefusals } from './behind-refusals.ts';
import { closing } from './closing.ts';
import { compression } from './compression.ts';
import { crowds } from './crowds.ts';
import { data, heldBack } from './data.ts';
import { delays } from './delays.ts';
import { endings, limits, losses } from './endings.ts';
import type { Evidence } from './evidence.ts';
import { extendedConnect } from './extended-connect.ts';
import { fallback } from './fallback.ts';
import { fields } from './fields.ts';
import { firstBytes } from './first-bytes.ts';
import { habits } from './habits.ts';
import { handling } from './handling.ts';
import { hops } from './hops.ts';
import { leftovers } from './leftovers.ts';
import { legacy } from './legacy.ts';
import { lines } from './lines.ts';
import { oneWay } from './one-way.ts';
import { outside } from './outside.ts';
import { ownHandshake, tooSoon } from './own-handshake.ts';
import { passage } from './passage.ts';
import { pings } from './pings.ts';
import { policing } from './policing.ts';
import { pressure } from './pressure.ts';
import { refusals } from './refusals.ts';
import { setCookie } from './set-cookie.ts';
import { sizes } from './sizes.ts';
import type { Symptom } from './symptom.ts';
import { target } from './target.ts';
import { misreadings, upgrade } from './upgrade.ts';
import { upstreamProtocol } from './upstream-protocol.ts';
import { violations } from './violations.ts';

/** From the most particular to the most general: the first one that shows is the symptom. */
export const symptoms: readonly Symptom[] = [
  ...outside,
  ...handling,
  ...upstreamProtocol,
  ...extendedConnect,
  ...crowds,
  ...pressure,
  ...misreadings,
  ...upgrade,
  ...ownHandshake,
  ...badSwitches,
  ...behindRefusals,
  ...fallback,
  ...balancing,
  ...legacy,
  ...sizes,
  ...passage,
  ...aborts,
  ...refusals,
  ...firstBytes,
  ...compression,
  ...lines,
  ...hops,
  ...fields,
  ...setCookie,
  ...target,
  ...habits,
  ...leftovers,
  ...delays,
  ...tooSoon,
  ...policing,
  ...violations,
  ...data,
  ...pings,
  ...limits,
  ...losses,
  ...closing,
  ...oneWay,
  ...endings,
  ...heldBack,
];

/** The cause that the evidence points to, or undefined when nothing known fits. Pure. */
export function diagnose(evidence: Evidence): Symptom | undefined {
  return symptoms.find(({ shows }) => shows(evidence));
}
