import type { Exchange } from '../origin/journal.ts';
import type { Scene } from '../origin/scene.ts';
import type { Capability } from '../proxies/target.ts';
import type { HandshakeOptions, Transport } from '../wire/endpoint.ts';
import type { FrameInit } from '../wire/frame.ts';
import type { ResponseHead } from '../wire/head.ts';
import type { Conversation, ProbeRequest } from './conversation.ts';
import type { OpenAnswer } from './open-answer.ts';

/** must → fail, should → warn, info → info. It follows the words of the RFC, quoted with its section above the code. */
export type Level = 'must' | 'should' | 'info';

/** `quick` is the default preset; `slow` waits on purpose for more than 5 s; `load` opens many connections. */
export type Tag = 'quick' | 'full' | 'slow' | 'load' | 'legacy';

/** `rfc6455#section-4.1`, or an address. */
export type SpecRef = string;

/** How a probe wants its handshake: the bytes ({@link HandshakeOptions}), and the part that the origin plays. */
export interface DialOptions extends Omit<HandshakeOptions, 'target' | 'plain' | 'within'> {
  /** Behind the path of the target: `/a%2Fb`. */
  readonly path?: string;
  /** In front of the nonce in the query, as it is to stand there: `q=1%26`. */
  readonly query?: string;
  readonly scene?: Scene;
  /** See {@link PeerOptions.auto}. */
  readonly auto?: boolean;
  /** A frame in the same write as the handshake, or behind its last segment: before there is an answer. */
  readonly earlyFrame?: FrameInit;
}

/** How a probe wants a request whose answer is read whatever it is. */
export interface AskOptions extends DialOptions {
  /** A request without an upgrade. */
  readonly plain?: boolean;
  /** ms that the head of the answer may take. Default: the run's patience. */
  readonly within?: number;
}

/** An answer that was asked for whatever its status, with its whole body. */
export interface FullAnswer {
  readonly request: ProbeRequest;
  readonly response: ResponseHead;
  readonly body: Buffer;
  /** Whether the stamp is the origin's: without it the proxy answered by itself. */
  readonly stamped: boolean;
}

/** A measured value with its unit. It is rounded to `resolution`, so that two runs of the same thing say the same. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  /** `status`: a status code of HTTP (RFC 9110 §15). */
  readonly unit: 's' | 'ms' | 'bytes' | 'connections' | 'messages' | 'bytes/s' | 'count' | 'status';
}

/** The proxy itself in the hands of a probe. What a target cannot do is not there; `requires` says so beforehand. */
export interface ProxyControl {
  reload(): Promise<void>;
  /** Asks it to end in order (SIGTERM). Nothing comes after it: use it in an exclusive probe, and last. */
  terminate(): Promise<void>;
  /** Bytes. */
  memory(): Promise<number>;
}

/** One of two origins behind a balancer. */
export interface OriginControl {
  readonly name: string;
  /** It dies: connections are reset, and no more are taken. */
  down(): Promise<void>;
  /** It takes no more connections, and serves those that are open. */
  drain(): Promise<void>;
  up(): Promise<void>;
}

/** All that a probe has to work with. Every connection that it opens is closed for it. */
export interface Context {
  readonly transport: Transport;
  /**
   * Opens a WebSocket through the proxy.
   * @throws Unexpected when the answer is not a switch of protocols, or there is none
   */
  dial(options?: DialOptions): Promise<Conversation>;
  /** Sends a request and reads the whole answer, whatever it is; a switch of protocols is an answer with an empty body. */
  ask(options?: AskOptions): Promise<FullAnswer>;
  /** As {@link ask}, on the connection of an answer that was asked for before. HTTP/1 only. */
  askAgain(before: FullAnswer, options?: AskOptions): Promise<FullAnswer>;
  /** As {@link ask}, but the body is read piece by piece, as it comes. */
  open(options?: AskOptions): Promise<OpenAnswer>;
  /** Asks for a WebSocket, and goes away when there is no answer after so many ms. */
  abandon(options: DialOptions, after: number): Promise<ProbeRequest>;
  /** As {@link dial}, straight at the origin: the line to compare with. */
  dialDirect(options?: DialOptions): Promise<Conversation>;
  /**
   * What the origin saw of this request: at once when it is there, else as soon as it satisfies the condition.
   * @throws Unexpected of kind `timeout` when that takes longer than the run's patience
   */
  journal(
    of: { request: ProbeRequest } | ProbeRequest,
    condition?: (seen: Exchange) => boolean,
    what?: string,
  ): Promise<Exchange>;
  /** Has the origin go on with this exchange, past the proxy, where its scene told it to wait. */
  resume(of: { request: ProbeRequest } | ProbeRequest): Promise<void>;
  /** All that arrived with this request's nonce (a proxy may repeat it). */
  arrivals(of: { request: ProbeRequest } | ProbeRequest): Promise<readonly Exchange[]>;
  /** The requests of this probe through the proxy so far, those without an answer as well. */
  requests(): readonly ProbeRequest[];
  /** Whether what lies below the target's path goes the same way as that path; else only the path itself can be asked for. */
  readonly below: boolean;
  /** Reports a value. The last one counts. `resolution` is the step that it is rounded to; default 1. */
  measure(name: string, value: number, unit: Measurement['unit'], resolution?: number): void;
  /** Bytes that are the same for the same seed. */
  random(length: number): Buffer;
  /** ms that a wait may take before it counts as "did not happen". */
  readonly patience: number;
  /** ms that the user wants silence to be tried for (`--idle`). */
  readonly idle: number;
  /** How many connections the user calls many. */
  readonly crowd: number;
  readonly proxy: ProxyControl;
  /** The origins behind the proxy; two for a probe that requires `two-origins`. In the end all are up again. */
  readonly origins: readonly OriginControl[];
  /** Ends when the run is stopped or the probe's time is over. */
  readonly signal: AbortSignal;
}

/** One check. A value, not a class: the probe observes, the runner judges. */
export interface Probe {
  /** The file's path below src/probes, without its ending. */
  readonly id: `${string}/${string}`;
  /** True when it passes. */
  readonly title: string;
  /** True when it fails. */
  readonly failure: string;
  readonly level: Level;
  readonly spec: readonly SpecRef[];
  /** Probes that must pass for this one to make sense; else it is `blocked`. */
  readonly needs?: readonly string[];
  /**
   * Probes of which this one is a special case: when both do not hold, theirs is the news, and this one is `blocked`.
   * Unlike {@link needs} they are not waited for.
   */
  readonly presumes?: readonly string[];
  /** Where it applies. Default: all. */
  readonly transports?: readonly Transport[];
  /** Default `quick`. */
  readonly tag?: Tag;
  /** It can say something without our origin at the far end. Default false. */
  readonly oneSided?: boolean;
  /** It asks for something that only a gateway can do, so straight at the origin it cannot hold: no control run. */
  readonly gatewayOnly?: boolean;
  /** What the target must be able to do; else the cell is `unsupported`. */
  readonly requires?: readonly Capability[];
  /** Others would feel what it does to the proxy or its origins, or it would feel them: it runs alone, after the others. */
  readonly exclusive?: boolean;
  /** With {@link exclusive}: it runs before the others instead, because what it finds explains what becomes of them. */
  readonly first?: boolean;
  /** Most of its time it waits, for seconds: it is started before the others, so that the run is not longer than that. */
  readonly waits?: boolean;
  /** ms for the whole probe, on top of what `--idle` adds to probes tagged so. Default 15000. */
  readonly timeout?: number;
  /** Returns when the requirement holds, throws an Expectation (or any Unexpected) when it does not. */
  run(context: Context): Promise<void>;
  /** What it means for somebody whose application stands behind the proxy. */
  readonly why: string;
}

/** A probe as it is given: for the sake of its type alone. */
export const defineProbe = <const P extends Probe>(probe: P): P => probe;
