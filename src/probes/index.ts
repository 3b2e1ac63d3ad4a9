import clientReadsAgain from './backpressure/client-reads-again.ts';
import memory from './backpressure/memory.ts';
import originReadsAgain from './backpressure/origin-reads-again.ts';
import others from './backpressure/others.ts';
import slowClient from './backpressure/slow-client.ts';
import slowOrigin from './backpressure/slow-origin.ts';
import deadOrigin from './balancing/dead-origin.ts';
import distribution from './balancing/distribution.ts';
import drain from './balancing/drain.ts';
import dyingOrigin from './balancing/dying-origin.ts';
import oneConnection from './balancing/one-connection.ts';
import repeatedHandshake from './balancing/repeated-handshake.ts';
import stickySession from './balancing/sticky-session.ts';
import abortBefore101 from './close/abort-before-101.ts';
import clientCode from './close/client-code.ts';
import clientResets from './close/client-resets.ts';
import clientVanishes from './close/client-vanishes.ts';
import everyCode from './close/every-code.ts';
import halfCloseOfClient from './close/half-close-of-client.ts';
import halfCloseOfOrigin from './close/half-close-of-origin.ts';
import lastData from './close/last-data.ts';
import lastDataOfClient from './close/last-data-of-client.ts';
import leak from './close/leak.ts';
import originCode from './close/origin-code.ts';
import originResets from './close/origin-resets.ts';
import originVanishes from './close/origin-vanishes.ts';
import clientPing from './control/client-ping.ts';
import serverPing from './control/server-ping.ts';
import longPoll from './fallback/long-poll.ts';
import longPoll25s from './fallback/long-poll-25s.ts';
import plainHttp from './fallback/plain-http.ts';
import pollingUpgrade from './fallback/polling-upgrade.ts';
import serverSentEvents from './fallback/server-sent-events.ts';
import streamedResponse from './fallback/streamed-response.ts';
import acceptKey from './handshake/accept-key.ts';
import connectionList from './handshake/connection-list.ts';
import connectionToken from './handshake/connection-token.ts';
import early64Kib from './handshake/early-64-kib.ts';
import earlyBefore101 from './handshake/early-before-101.ts';
import earlyFrame from './handshake/early-frame.ts';
import firstFrameWith101 from './handshake/first-frame-with-101.ts';
import headerLimit from './handshake/header-limit.ts';
import httpVersion from './handshake/http-version.ts';
import http10Upgrade from './handshake/http10-upgrade.ts';
import late101 from './handshake/late-101.ts';
import missingKey from './handshake/missing-key.ts';
import plainRequest from './handshake/plain-request.ts';
import requestTarget from './handshake/request-target.ts';
import handshakeSlowOrigin from './handshake/slow-origin.ts';
import split101 from './handshake/split-101.ts';
import splitRequest from './handshake/split-request.ts';
import tokenCase from './handshake/token-case.ts';
import upgrade from './handshake/upgrade.ts';
import upgradeList from './handshake/upgrade-list.ts';
import upgradeWithoutConnection from './handshake/upgrade-without-connection.ts';
import fieldsOf101 from './headers/101-fields.ts';
import authorization from './headers/authorization.ts';
import connectionOptions from './headers/connection-options.ts';
import cookies from './headers/cookies.ts';
import extensions from './headers/extensions.ts';
import forgedForwarding from './headers/forged-forwarding.ts';
import forwardingFields from './headers/forwarding-fields.ts';
import forwardingLines from './headers/forwarding-lines.ts';
import hopByHop from './headers/hop-by-hop.ts';
import host from './headers/host.ts';
import largeCookies from './headers/large-cookies.ts';
import nameCase from './headers/name-case.ts';
import originHeader from './headers/origin-header.ts';
import repeatedFields from './headers/repeated-fields.ts';
import requestFields from './headers/request-fields.ts';
import setCookie from './headers/set-cookie.ts';
import subprotocol from './headers/subprotocol.ts';
import tokenInQuery from './headers/token-in-query.ts';
import tokenInSubprotocol from './headers/token-in-subprotocol.ts';
import hixie75 from './legacy/hixie-75.ts';
import hixie76 from './legacy/hixie-76.ts';
import busy from './lifetime/busy.ts';
import clientMessages from './lifetime/client-messages.ts';
import clientPings from './lifetime/client-pings.ts';
import clientPongs from './lifetime/client-pongs.ts';
import handshakesDuringReload from './lifetime/handshakes-during-reload.ts';
import idle from './lifetime/idle.ts';
import originMessages from './lifetime/origin-messages.ts';
import originPings from './lifetime/origin-pings.ts';
import originPongs from './lifetime/origin-pongs.ts';
import reload from './lifetime/reload.ts';
import stop from './lifetime/stop.ts';
import churn from './load/churn.ts';
import connections from './load/connections.ts';
import plainRequests from './load/plain-requests.ts';
import sideBySide from './load/side-by-side.ts';
import binary from './messages/binary.ts';
import bufferBorders from './messages/buffer-borders.ts';
import burstOrder from './messages/burst-order.ts';
import byteByByte from './messages/byte-by-byte.ts';
import compressed from './messages/compressed.ts';
import fragments from './messages/fragments.ts';
import fullDuplex from './messages/full-duplex.ts';
import invalidUtf8 from './messages/invalid-utf8.ts';
import large from './messages/large.ts';
import latency from './messages/latency.ts';
import masking from './messages/masking.ts';
import reservedOpcode from './messages/reserved-opcode.ts';
import rsvBits from './messages/rsv-bits.ts';
import serverFirst from './messages/server-first.ts';
import sizeLimit from './messages/size-limit.ts';
import sizes from './messages/sizes.ts';
import text from './messages/text.ts';
import unmaskedFrame from './messages/unmasked-frame.ts';
import type { Probe } from './probe.ts';
import acceptIn101 from './rejection/101-accept.ts';
import otherProtocolIn101 from './rejection/101-for-another-protocol.ts';
import okIsNoSwitch from './rejection/200-is-no-switch.ts';
import challenges from './rejection/challenges.ts';
import chunkedRefusal from './rejection/chunked-refusal.ts';
import noTunnel from './rejection/no-tunnel.ts';
import originDown from './rejection/origin-down.ts';
import originDrops from './rejection/origin-drops.ts';
import redirect from './rejection/redirect.ts';
import reuse from './rejection/reuse.ts';
import silentOrigin from './rejection/silent-origin.ts';
import silentOrigin70s from './rejection/silent-origin-70s.ts';
import status from './rejection/status.ts';
import unsolicited101 from './rejection/unsolicited-101.ts';
import unsolicited101Answer from './rejection/unsolicited-101-answer.ts';
import unsupportedVersion from './rejection/unsupported-version.ts';

/** The catalog, in the order of the report. */
export const probes: readonly Probe[] = [
  upgrade,
  httpVersion,
  connectionToken,
  connectionList,
  tokenCase,
  upgradeList,
  upgradeWithoutConnection,
  http10Upgrade,
  missingKey,
  splitRequest,
  acceptKey,
  requestTarget,
  firstFrameWith101,
  split101,
  late101,
  handshakeSlowOrigin,
  earlyFrame,
  early64Kib,
  earlyBefore101,
  headerLimit,
  plainRequest,
  subprotocol,
  extensions,
  cookies,
  largeCookies,
  authorization,
  tokenInQuery,
  tokenInSubprotocol,
  originHeader,
  host,
  requestFields,
  repeatedFields,
  connectionOptions,
  hopByHop,
  forwardingFields,
  forgedForwarding,
  forwardingLines,
  nameCase,
  setCookie,
  fieldsOf101,
  status,
  challenges,
  redirect,
  chunkedRefusal,
  unsupportedVersion,
  okIsNoSwitch,
  noTunnel,
  reuse,
  unsolicited101,
  unsolicited101Answer,
  otherProtocolIn101,
  acceptIn101,
  originDrops,
  originDown,
  silentOrigin,
  silentOrigin70s,
  text,
  binary,
  sizes,
  byteByByte,
  bufferBorders,
  large,
  sizeLimit,
  fragments,
  compressed,
  masking,
  rsvBits,
  reservedOpcode,
  invalidUtf8,
  unmaskedFrame,
  burstOrder,
  fullDuplex,
  serverFirst,
  latency,
  clientPing,
  serverPing,
  clientCode,
  originCode,
  everyCode,
  clientVanishes,
  clientResets,
  originVanishes,
  originResets,
  lastData,
  lastDataOfClient,
  halfCloseOfClient,
  halfCloseOfOrigin,
  abortBefore101,
  leak,
  idle,
  busy,
  originMessages,
  clientMessages,
  originPings,
  clientPings,
  originPongs,
  clientPongs,
  reload,
  handshakesDuringReload,
  stop,
  slowClient,
  slowOrigin,
  clientReadsAgain,
  originReadsAgain,
  others,
  memory,
  sideBySide,
  connections,
  churn,
  plainRequests,
  plainHttp,
  longPoll,
  longPoll25s,
  serverSentEvents,
  streamedResponse,
  pollingUpgrade,
  distribution,
  oneConnection,
  stickySession,
  deadOrigin,
  dyingOrigin,
  drain,
  repeatedHandshake,
  hixie75,
  hixie76,
];
