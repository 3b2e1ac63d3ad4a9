import alwaysSaysUpgrade from './always-says-upgrade.ts';
import announcesChunksIn101 from './announces-chunks-in-101.ts';
import announcesLengthIn101 from './announces-length-in-101.ts';
import answersFromACache from './answers-from-a-cache.ts';
import answersPollsFromACache from './answers-polls-from-a-cache.ts';
import answersWhatItKnows from './answers-what-it-knows.ts';
import buffersResponses from './buffers-responses.ts';
import clearsRsv1 from './clears-rsv1.ts';
import comparesWithCase from './compares-with-case.ts';
import cutsOffRefusals from './cuts-off-refusals.ts';
import cutsWhatDrains from './cuts-what-drains.ts';
import decodesPath from './decodes-path.ts';
import dropsAgreedExtensions from './drops-agreed-extensions.ts';
import dropsChosenSubprotocol from './drops-chosen-subprotocol.ts';
import dropsConnection from './drops-connection.ts';
import dropsConnectionFrom101 from './drops-connection-from-101.ts';
import dropsCookie from './drops-cookie.ts';
import dropsKey from './drops-key.ts';
import dropsOnlyUpgrade from './drops-only-upgrade.ts';
import dropsOrigin from './drops-origin.ts';
import dropsQuery from './drops-query.ts';
import dropsUpgrade from './drops-upgrade.ts';
import dropsUpgradeFrom101 from './drops-upgrade-from-101.ts';
import dropsVersionFrom426 from './drops-version-from-426.ts';
import dropsWwwAuthenticate from './drops-www-authenticate.ts';
import editsOfferedExtensions from './edits-offered-extensions.ts';
import editsRefusals from './edits-refusals.ts';
import findsNoOrigin from './finds-no-origin.ts';
import forgetsChunked from './forgets-chunked.ts';
import forgetsRequestBodies from './forgets-request-bodies.ts';
import givesOldBytesBehind101 from './gives-old-bytes-behind-101.ts';
import givesUpWhenRefused from './gives-up-when-refused.ts';
import hangsUpAtOnce from './hangs-up-at-once.ts';
import hangsUpWithTheOrigin from './hangs-up-with-the-origin.ts';
import hidesTheOrigin from './hides-the-origin.ts';
import hidesToken from './hides-token.ts';
import insistsOn13 from './insists-on-13.ts';
import isNotThere from './is-not-there.ts';
import joinsSetCookie from './joins-set-cookie.ts';
import keepsFirstCookie from './keeps-first-cookie.ts';
import keepsLastSetCookie from './keeps-last-set-cookie.ts';
import keepsQuietAboutDeaths from './keeps-quiet-about-deaths.ts';
import keepsThe101 from './keeps-the-101.ts';
import knowsTwoSchemes from './knows-two-schemes.ts';
import losesBytesBehind101 from './loses-bytes-behind-101.ts';
import makesLightOfACrash from './makes-light-of-a-crash.ts';
import movesConnections from './moves-connections.ts';
import type { Mutant } from './mutant.ts';
import passesOnWhatItKnows from './passes-on-what-it-knows.ts';
import reads101AtOnce from './reads-101-at-once.ts';
import refusesEncodedSlash from './refuses-encoded-slash.ts';
import repeatsHandshakes from './repeats-handshakes.ts';
import rewritesHost from './rewrites-host.ts';
import rewritesOrigin from './rewrites-origin.ts';
import rewritesPath from './rewrites-path.ts';
import says502For503 from './says-502-for-503.ts';
import scopesSetCookie from './scopes-set-cookie.ts';
import shakesHandsItself from './shakes-hands-itself.ts';
import showsItsOwnErrorPage from './shows-its-own-error-page.ts';
import sortsSubprotocols from './sorts-subprotocols.ts';
import speaksAnotherProtocol from './speaks-another-protocol.ts';
import speaksHttp10Upstream from './speaks-http10-upstream.ts';
import spreadsMessages from './spreads-messages.ts';
import swallowsHandshakes from './swallows-handshakes.ts';
import takesConnectionForOneWord from './takes-connection-for-one-word.ts';
import takesOnlyUpgrades from './takes-only-upgrades.ts';
import takesTurns from './takes-turns.ts';
import tidiesAuthorization from './tidies-authorization.ts';
import unwrapsChunks from './unwraps-chunks.ts';
import usesOneOrigin from './uses-one-origin.ts';
import waitsTooShort from './waits-too-short.ts';

export const mutants: readonly Mutant[] = [
  alwaysSaysUpgrade,
  announcesChunksIn101,
  announcesLengthIn101,
  answersFromACache,
  answersPollsFromACache,
  answersWhatItKnows,
  buffersResponses,
  clearsRsv1,
  comparesWithCase,
  cutsOffRefusals,
  cutsWhatDrains,
  decodesPath,
  dropsAgreedExtensions,
  dropsChosenSubprotocol,
  dropsConnection,
  dropsConnectionFrom101,
  dropsCookie,
  dropsKey,
  dropsOnlyUpgrade,
  dropsOrigin,
  dropsQuery,
  dropsUpgrade,
  dropsUpgradeFrom101,
  dropsVersionFrom426,
  dropsWwwAuthenticate,
  editsOfferedExtensions,
  editsRefusals,
  findsNoOrigin,
  forgetsChunked,
  forgetsRequestBodies,
  givesOldBytesBehind101,
  givesUpWhenRefused,
  hangsUpAtOnce,
  hangsUpWithTheOrigin,
  hidesTheOrigin,
  hidesToken,
  insistsOn13,
  isNotThere,
  joinsSetCookie,
  keepsFirstCookie,
  keepsLastSetCookie,
  keepsQuietAboutDeaths,
  keepsThe101,
  knowsTwoSchemes,
  losesBytesBehind101,
  makesLightOfACrash,
  movesConnections,
  passesOnWhatItKnows,
  reads101AtOnce,
  refusesEncodedSlash,
  repeatsHandshakes,
  rewritesHost,
  rewritesOrigin,
  rewritesPath,
  says502For503,
  scopesSetCookie,
  shakesHandsItself,
  showsItsOwnErrorPage,
  sortsSubprotocols,
  speaksAnotherProtocol,
  speaksHttp10Upstream,
  spreadsMessages,
  swallowsHandshakes,
  takesConnectionForOneWord,
  takesOnlyUpgrades,
  takesTurns,
  tidiesAuthorization,
  unwrapsChunks,
  usesOneOrigin,
  waitsTooShort,
];
