import addsToTheFirstLine from './adds-to-the-first-line.ts';
import alwaysSaysUpgrade from './always-says-upgrade.ts';
import announcesChunksIn101 from './announces-chunks-in-101.ts';
import announcesLengthIn101 from './announces-length-in-101.ts';
import answersFromACache from './answers-from-a-cache.ts';
import answersPings from './answers-pings.ts';
import answersPollsFromACache from './answers-polls-from-a-cache.ts';
import answersWhatItKnows from './answers-what-it-knows.ts';
import asksAgain from './asks-again.ts';
import asksForALogin from './asks-for-a-login.ts';
import believesTheClient from './believes-the-client.ts';
import buffersResponses from './buffers-responses.ts';
import chunksTheTunnel from './chunks-the-tunnel.ts';
import clearsRsv1 from './clears-rsv1.ts';
import comparesWithCase from './compares-with-case.ts';
import confirmsWith1000 from './confirms-with-1000.ts';
import countsOnlyMessages from './counts-only-messages.ts';
import countsOnlyTheClient from './counts-only-the-client.ts';
import countsOnlyTheOrigin from './counts-only-the-origin.ts';
import crashesOnBinary from './crashes-on-binary.ts';
import cutsAfterFiveMessages from './cuts-after-five-messages.ts';
import cutsAfterIdle from './cuts-after-idle.ts';
import cutsLongFields from './cuts-long-fields.ts';
import cutsOffRefusals from './cuts-off-refusals.ts';
import cutsOnReload from './cuts-on-reload.ts';
import cutsWhatDrains from './cuts-what-drains.ts';
import damagesByte125 from './damages-byte-125.ts';
import damagesLargeMessages from './damages-large-messages.ts';
import damagesTheTenthRead from './damages-the-tenth-read.ts';
import decodesPath from './decodes-path.ts';
import dropsAgreedExtensions from './drops-agreed-extensions.ts';
import dropsChosenSubprotocol from './drops-chosen-subprotocol.ts';
import dropsCloseFrames from './drops-close-frames.ts';
import dropsConnection from './drops-connection.ts';
import dropsConnectionFrom101 from './drops-connection-from-101.ts';
import dropsCookie from './drops-cookie.ts';
import dropsEmptyMessages from './drops-empty-messages.ts';
import dropsKey from './drops-key.ts';
import dropsOnlyUpgrade from './drops-only-upgrade.ts';
import dropsOrigin from './drops-origin.ts';
import dropsQuery from './drops-query.ts';
import dropsUpgrade from './drops-upgrade.ts';
import dropsUpgradeFrom101 from './drops-upgrade-from-101.ts';
import dropsVersionFrom426 from './drops-version-from-426.ts';
import dropsWhatWaitsOnReload from './drops-what-waits-on-reload.ts';
import dropsWwwAuthenticate from './drops-www-authenticate.ts';
import editsOfferedExtensions from './edits-offered-extensions.ts';
import editsRefusals from './edits-refusals.ts';
import emptiesPongs from './empties-pongs.ts';
import endsBothSidesAtOnce from './ends-both-sides-at-once.ts';
import endsEveryFrame from './ends-every-frame.ts';
import enforcesTheRules from './enforces-the-rules.ts';
import findsNoOrigin from './finds-no-origin.ts';
import flushesNowAndThen from './flushes-now-and-then.ts';
import followsRedirects from './follows-redirects.ts';
import forgetsBytesBehind101 from './forgets-bytes-behind-101.ts';
import forgetsChunked from './forgets-chunked.ts';
import forgetsEarlyBytes from './forgets-early-bytes.ts';
import forgetsEveryTenth from './forgets-every-tenth.ts';
import forgetsRequestBodies from './forgets-request-bodies.ts';
import forgetsTheContext from './forgets-the-context.ts';
import forgetsWhatComesWithTheHead from './forgets-what-comes-with-the-head.ts';
import forgetsWhatItHolds from './forgets-what-it-holds.ts';
import forgetsWhatItHoldsOfTheClient from './forgets-what-it-holds-of-the-client.ts';
import givesOldBytesBehind101 from './gives-old-bytes-behind-101.ts';
import givesUpWhenRefused from './gives-up-when-refused.ts';
import givesUpWithoutAWord from './gives-up-without-a-word.ts';
import goesAway from './goes-away.ts';
import hangsUpAtOnce from './hangs-up-at-once.ts';
import hangsUpWithTheOrigin from './hangs-up-with-the-origin.ts';
import has20Workers from './has-20-workers.ts';
import hasTwoQueues from './has-two-queues.ts';
import hidesTheEnd from './hides-the-end.ts';
import hidesTheOrigin from './hides-the-origin.ts';
import hidesToken from './hides-token.ts';
import insistsOn13 from './insists-on-13.ts';
import insistsOnAKey from './insists-on-a-key.ts';
import isNotThere from './is-not-there.ts';
import joinsSetCookie from './joins-set-cookie.ts';
import keeps16KibOfEarlyBytes from './keeps-16-kib-of-early-bytes.ts';
import keepsFirstChallenge from './keeps-first-challenge.ts';
import keepsFirstCookie from './keeps-first-cookie.ts';
import keepsLastSetCookie from './keeps-last-set-cookie.ts';
import keepsOneLineOfEach from './keeps-one-line-of-each.ts';
import keepsQuietAboutDeaths from './keeps-quiet-about-deaths.ts';
import keepsThe101 from './keeps-the-101.ts';
import keepsTheOriginInTheDark from './keeps-the-origin-in-the-dark.ts';
import keepsThePlacesOfTheGone from './keeps-the-places-of-the-gone.ts';
import knowsCodesTo1011 from './knows-codes-to-1011.ts';
import knowsNoLibraryCodes from './knows-no-library-codes.ts';
import knowsTwoSchemes from './knows-two-schemes.ts';
import leavesConnectionsHanging from './leaves-connections-hanging.ts';
import letsTheClientSpeakFirst from './lets-the-client-speak-first.ts';
import liftsHttp10 from './lifts-http10.ts';
import looksInside from './looks-inside.ts';
import losesBytesBehind101 from './loses-bytes-behind-101.ts';
import losesEvery1000th from './loses-every-1000th.ts';
import makesAKey from './makes-a-key.ts';
import makesLightOfACrash from './makes-light-of-a-crash.ts';
import mindsOnlyKnownHops from './minds-only-known-hops.ts';
import mindsOnlyNamedHops from './minds-only-named-hops.ts';
import movesConnections from './moves-connections.ts';
import type { Mutant } from './mutant.ts';
import numbersPings from './numbers-pings.ts';
import passesAny101On from './passes-any-101-on.ts';
import passesOnWhatItKnows from './passes-on-what-it-knows.ts';
import putsInAWord from './puts-in-a-word.ts';
import putsRequestsLast from './puts-requests-last.ts';
import reads101AtOnce from './reads-101-at-once.ts';
import readsAHandshakeAtOnce from './reads-a-handshake-at-once.ts';
import readsEagerly from './reads-eagerly.ts';
import readsWhatIsWritten from './reads-what-is-written.ts';
import redirectsToHttps from './redirects-to-https.ts';
import refusesEncodedSlash from './refuses-encoded-slash.ts';
import repairs101 from './repairs-101.ts';
import repeatsAByteAt16Kib from './repeats-a-byte-at-16-kib.ts';
import repeatsHandshakes from './repeats-handshakes.ts';
import resetsOnStop from './resets-on-stop.ts';
import rewritesCloseCodes from './rewrites-close-codes.ts';
import rewritesHost from './rewrites-host.ts';
import rewritesLocations from './rewrites-locations.ts';
import rewritesOrigin from './rewrites-origin.ts';
import rewritesPath from './rewrites-path.ts';
import says404WhenAllAreDown from './says-404-when-all-are-down.ts';
import says502For503 from './says-502-for-503.ts';
import saysHttps from './says-https.ts';
import saysItAgain from './says-it-again.ts';
import scopesSetCookie from './scopes-set-cookie.ts';
import sendsTextAsBinary from './sends-text-as-binary.ts';
import servesOneAfterTheOther from './serves-one-after-the-other.ts';
import shakesHandsItself from './shakes-hands-itself.ts';
import sharesOneBuffer from './shares-one-buffer.ts';
import shortensReasons from './shortens-reasons.ts';
import shortensSubprotocols from './shortens-subprotocols.ts';
import showsItsOwnErrorPage from './shows-its-own-error-page.ts';
import skipsContinuations from './skips-continuations.ts';
import sortsSubprotocols from './sorts-subprotocols.ts';
import speaksAnotherProtocol from './speaks-another-protocol.ts';
import speaksHttp10Upstream from './speaks-http10-upstream.ts';
import spreadsMessages from './spreads-messages.ts';
import squeezesSpaces from './squeezes-spaces.ts';
import stopsAt2000 from './stops-at-2000.ts';
import swallowsHandshakes from './swallows-handshakes.ts';
import swallowsPings from './swallows-pings.ts';
import swallowsPongs from './swallows-pongs.ts';
import takes2Mib from './takes-2-mib.ts';
import takes64Kib from './takes-64-kib.ts';
import takes101ForSuccess from './takes-101-for-success.ts';
import takesConnectionForOneWord from './takes-connection-for-one-word.ts';
import takesHeadsOf4Kib from './takes-heads-of-4-kib.ts';
import takesLongHeadsForAnOutage from './takes-long-heads-for-an-outage.ts';
import takesOnlyUpgrades from './takes-only-upgrades.ts';
import takesTextForLatin1 from './takes-text-for-latin1.ts';
import takesThe101ForTheEnd from './takes-the-101-for-the-end.ts';
import takesThemForTheNextRequest from './takes-them-for-the-next-request.ts';
import takesTurns from './takes-turns.ts';
import takesUpgradeForEnough from './takes-upgrade-for-enough.ts';
import takesUpgradeForOneWord from './takes-upgrade-for-one-word.ts';
import throwsAwayWhatWaits from './throws-away-what-waits.ts';
import tidiesAuthorization from './tidies-authorization.ts';
import translatesLineEnds from './translates-line-ends.ts';
import tunnelsBeforeTheAnswer from './tunnels-before-the-answer.ts';
import tunnelsBehind200 from './tunnels-behind-200.ts';
import turnsFieldsAround from './turns-fields-around.ts';
import unmasks from './unmasks.ts';
import unwrapsChunks from './unwraps-chunks.ts';
import usesOneOrigin from './uses-one-origin.ts';
import waitsForAFinalAnswer from './waits-for-a-final-answer.ts';
import waitsForAcknowledgements from './waits-for-acknowledgements.ts';
import waitsForFrames from './waits-for-frames.ts';
import waitsForTheAnswer from './waits-for-the-answer.ts';
import waitsTooShort from './waits-too-short.ts';
import writesAgain from './writes-again.ts';
import writesNamesInLowerCase from './writes-names-in-lower-case.ts';

export const mutants: readonly Mutant[] = [
  addsToTheFirstLine,
  alwaysSaysUpgrade,
  announcesChunksIn101,
  announcesLengthIn101,
  answersFromACache,
  answersPings,
  answersPollsFromACache,
  answersWhatItKnows,
  believesTheClient,
  asksAgain,
  asksForALogin,
  buffersResponses,
  chunksTheTunnel,
  clearsRsv1,
  comparesWithCase,
  confirmsWith1000,
  countsOnlyMessages,
  countsOnlyTheClient,
  countsOnlyTheOrigin,
  crashesOnBinary,
  cutsAfterFiveMessages,
  cutsAfterIdle,
  cutsLongFields,
  cutsOffRefusals,
  cutsOnReload,
  cutsWhatDrains,
  damagesByte125,
  damagesLargeMessages,
  damagesTheTenthRead,
  decodesPath,
  dropsAgreedExtensions,
  dropsChosenSubprotocol,
  dropsCloseFrames,
  dropsConnection,
  dropsConnectionFrom101,
  dropsCookie,
  dropsEmptyMessages,
  dropsKey,
  dropsOnlyUpgrade,
  dropsOrigin,
  dropsQuery,
  dropsUpgrade,
  dropsUpgradeFrom101,
  dropsVersionFrom426,
  dropsWhatWaitsOnReload,
  dropsWwwAuthenticate,
  editsOfferedExtensions,
  editsRefusals,
  emptiesPongs,
  endsBothSidesAtOnce,
  endsEveryFrame,
  enforcesTheRules,
  findsNoOrigin,
  flushesNowAndThen,
  followsRedirects,
  forgetsBytesBehind101,
  forgetsChunked,
  forgetsEarlyBytes,
  forgetsEveryTenth,
  forgetsRequestBodies,
  forgetsTheContext,
  forgetsWhatComesWithTheHead,
  forgetsWhatItHolds,
  forgetsWhatItHoldsOfTheClient,
  givesOldBytesBehind101,
  givesUpWhenRefused,
  givesUpWithoutAWord,
  goesAway,
  hangsUpAtOnce,
  hangsUpWithTheOrigin,
  has20Workers,
  hasTwoQueues,
  hidesTheEnd,
  hidesTheOrigin,
  hidesToken,
  insistsOn13,
  insistsOnAKey,
  isNotThere,
  joinsSetCookie,
  keeps16KibOfEarlyBytes,
  keepsFirstChallenge,
  keepsFirstCookie,
  keepsLastSetCookie,
  keepsOneLineOfEach,
  keepsQuietAboutDeaths,
  keepsThe101,
  keepsTheOriginInTheDark,
  keepsThePlacesOfTheGone,
  knowsCodesTo1011,
  knowsNoLibraryCodes,
  knowsTwoSchemes,
  leavesConnectionsHanging,
  letsTheClientSpeakFirst,
  liftsHttp10,
  looksInside,
  losesBytesBehind101,
  losesEvery1000th,
  makesAKey,
  makesLightOfACrash,
  mindsOnlyKnownHops,
  mindsOnlyNamedHops,
  movesConnections,
  numbersPings,
  passesAny101On,
  passesOnWhatItKnows,
  putsInAWord,
  putsRequestsLast,
  reads101AtOnce,
  readsAHandshakeAtOnce,
  readsEagerly,
  readsWhatIsWritten,
  redirectsToHttps,
  refusesEncodedSlash,
  repairs101,
  repeatsAByteAt16Kib,
  repeatsHandshakes,
  resetsOnStop,
  rewritesCloseCodes,
  rewritesHost,
  rewritesLocations,
  rewritesOrigin,
  rewritesPath,
  says404WhenAllAreDown,
  says502For503,
  saysHttps,
  saysItAgain,
  scopesSetCookie,
  sendsTextAsBinary,
  servesOneAfterTheOther,
  shakesHandsItself,
  sharesOneBuffer,
  shortensReasons,
  shortensSubprotocols,
  showsItsOwnErrorPage,
  skipsContinuations,
  sortsSubprotocols,
  speaksAnotherProtocol,
  speaksHttp10Upstream,
  spreadsMessages,
  squeezesSpaces,
  stopsAt2000,
  swallowsHandshakes,
  swallowsPings,
  swallowsPongs,
  takes101ForSuccess,
  takes2Mib,
  takes64Kib,
  takesConnectionForOneWord,
  takesHeadsOf4Kib,
  takesLongHeadsForAnOutage,
  takesOnlyUpgrades,
  takesTextForLatin1,
  takesThe101ForTheEnd,
  takesThemForTheNextRequest,
  takesTurns,
  takesUpgradeForEnough,
  takesUpgradeForOneWord,
  throwsAwayWhatWaits,
  tidiesAuthorization,
  translatesLineEnds,
  tunnelsBeforeTheAnswer,
  tunnelsBehind200,
  turnsFieldsAround,
  unmasks,
  unwrapsChunks,
  usesOneOrigin,
  waitsForAFinalAnswer,
  waitsForAcknowledgements,
  waitsForFrames,
  waitsForTheAnswer,
  waitsTooShort,
  writesAgain,
  writesNamesInLowerCase,
];
