import { randomBytes } from 'node:crypto';
import { sceneQuery } from '../origin/scene.ts';
import { Conversation, type ProbeRequest } from '../probes/conversation.ts';
import { Expectation } from '../probes/expect.ts';
import { OpenAnswer } from '../probes/open-answer.ts';
import type { AskOptions, Context, DialOptions, FullAnswer, Measurement, Probe } from '../probes/probe.ts';
import { Body, readBody, sampleOf } from '../wire/body.ts';
import { now } from '../wire/clock.ts';
import { allowsTakeover, namesDeflate } from '../wire/deflate.ts';
import { handshake } from '../wire/dial.ts';
import type { Answer, Endpoint, SentRequest } from '../wire/endpoint.ts';
import { encodeFrame } from '../wire/frame.ts';
import { requestAgain } from '../wire/h1.ts';
import { acceptFor } from '../wire/handshake.ts';
import type { Field } from '../wire/head.ts';
import { withDeadline } from '../wire/mailbox.ts';
import { NoAnswer } from '../wire/no-answer.ts';
import { Unexpected } from '../wire/unexpected.ts';
import { Handles } from './handles.ts';
import { Outages } from './outages.ts';
import type { Outcome } from './outcome.ts';
import { seededBytes } from './seed.ts';
import type { Setting } from './setting.ts';
import { evidenceOf, type Trace } from './trace.ts';

/** ms in which what happens to others happens at the same time: a refusal takes no time at all. */
const BESIDE = 2000;

/** A reason of our own: the usual one is an error, and its stack takes as long to write down as many a probe. */
const OVER = 'the attempt is over';

/** One try of one probe: its connections, what they saw, and their end. */
class Attempt {
  readonly #probe: Probe;
  readonly #setting: Setting;
  readonly #traces: Trace[] = [];
  readonly #measured = new Map<string, Measurement>();
  readonly #random: (length: number) => Buffer;
  readonly #outages: Outages;
  readonly #handles: Handles;
  /** Of {@link Setting.passed}, those that are its own. */
  readonly #ownPassed = new Set<number>();
  #over = false;

  constructor(probe: Probe, setting: Setting) {
    this.#probe = probe;
    this.#setting = setting;
    this.#outages = new Outages(setting.origins ?? []);
    this.#handles = new Handles(setting.proxy);
    this.#random = seededBytes(setting.seed, probe.id);
  }

  async run(): Promise<Outcome> {
    const { idle } = this.#setting;
    const started = now();
    const timeout = (this.#probe.timeout ?? 15_000) + idle;
    const abort = new AbortController();
    // A signal of its own: hundreds of attempts that listen to the run's are a leak to Node.
    const signal = AbortSignal.any([this.#setting.signal, abort.signal]);
    try {
      const running = this.#probe.run(this.#context(signal));
      // A probe that is given up goes on in the background until its connections are gone; nobody awaits it any more.
      running.catch(() => {});
      const stopped = aborted(signal);
      // When the probe is done first, nobody waits for this.
      stopped.catch(() => {});
      await withDeadline(Promise.race([running, stopped]), timeout, 'the probe to be done');
      return { kind: 'held', ...this.#footnotes(started) };
    } catch (error) {
      if (!(error instanceof Unexpected)) return { kind: 'fault', error: error as Error, ...this.#footnotes(started) };
      const evidence = await evidenceOf(this.#traces, error, this.#setting, {
        out: this.#outages.names,
        proxyWas: this.#handles.proxyWas,
        beside: this.#beside(),
      });
      return { kind: 'broken', failure: error, ...(evidence ? { evidence } : {}), ...this.#footnotes(started) };
    } finally {
      this.#over = true;
      abort.abort(OVER);
      for (const trace of this.#traces) trace.answer?.dispose();
      await this.#outages.end();
    }
  }

  #footnotes(started: number): { measured: Measurement[]; durationMs: number } {
    return { measured: [...this.#measured.values()], durationMs: now() - started };
  }

  #context(signal: AbortSignal): Context {
    const { endpoint, direct, journal, patience, idle, crowd = 500 } = this.#setting;
    const requestOf = (of: { request: ProbeRequest } | ProbeRequest): ProbeRequest =>
      'request' in of ? of.request : of;
    return {
      transport: endpoint.transport,
      below: !endpoint.exact,
      dial: (options) => this.#dial(endpoint, options),
      abandon: (options, after) => this.#abandon(options, after),
      dialDirect: (options) => this.#dial(direct, options),
      ask: (options) => this.#ask(options),
      askAgain: (before, options) => this.#ask(options, before),
      open: (options) => this.#open(options),
      journal: (of, condition = () => true, what = 'the request') =>
        journal.until(requestOf(of).nonce, condition, patience, what),
      resume: (of) => journal.resume(requestOf(of).nonce),
      arrivals: (of) => journal.all(requestOf(of).nonce),
      requests: () => this.#traces.filter(({ direct }) => !direct).map(({ request }) => request),
      measure: (name, value, unit, resolution = 1) => {
        if (!Number.isFinite(value)) return;
        const rounded = Number((Math.round(value / resolution) * resolution).toFixed(3));
        this.#measured.set(name, { name, value: rounded, unit });
      },
      random: this.#random,
      patience,
      idle,
      crowd,
      proxy: this.#handles,
      origins: this.#outages.controls,
      signal,
    };
  }

  /** The handshake with its trace; what it throws is the caller's to judge. */
  async #handshake(endpoint: Endpoint, options: AskOptions, before?: Answer): Promise<Trace> {
    const { foreign, patience, signatureFor } = this.#setting;
    const { path = '', query, scene, auto: _, earlyFrame, fields = [], within = patience, ...rest } = options;
    const nonce = randomBytes(8).toString('hex');
    const target = path === '' ? endpoint.base || '/' : `${endpoint.base.replace(/\/$/, '')}${path}`;
    const signature = signatureFor?.(nonce);
    const search = [query, foreign ? undefined : sceneQuery(nonce, scene), signature && `sig=${signature}`]
      .filter((part) => part !== undefined)
      .join('&');
    const tag: Field[] = foreign ? [] : [['X-Wsproof-Nonce', nonce]];
    if (signature !== undefined) tag.push(['X-Wsproof-Sig', signature]);
    const key = rest.key ?? this.#random(16).toString('base64');
    const record = (request: SentRequest): Trace => {
      const direct = endpoint !== this.#setting.endpoint;
      const trace: Trace = { request: { ...request, nonce }, direct, again: before !== undefined };
      this.#traces.push(trace);
      return trace;
    };
    try {
      const asked = {
        ...rest,
        ...(earlyFrame ? { early: encodeFrame(earlyFrame) } : {}),
        target: search ? `${target}?${search}` : target,
        fields: [...fields, ...tag],
        within,
      };
      const answer = await (before ? requestAgain(before, endpoint, key, asked) : handshake(endpoint, key, asked));
      if (this.#over) answer.dispose();
      const trace = record(answer.request);
      trace.answer = answer;
      if (!trace.direct && this.#stamped(trace)) this.#notePassed();
      return trace;
    } catch (error) {
      if (error instanceof NoAnswer) record(error.unanswered.request).received = error.unanswered.received;
      throw error;
    }
  }

  async #dial(endpoint: Endpoint, options: DialOptions = {}): Promise<Conversation> {
    const trace = await this.#handshake(endpoint, options);
    const { request } = trace;
    const answer = trace.answer!;
    const { response } = answer;
    if (!answer.switched) {
      const expected = endpoint.transport === 'h2' ? '200 to the extended CONNECT' : '101 Switching Protocols';
      throw new Expectation(expected, `${response.start.replace(/^\S+ /, '')} came`);
    }
    // RFC 6455 §4.1: the client fails the connection when the accept value is not the hash of its key.
    const accept = response.get('sec-websocket-accept');
    if (endpoint.transport !== 'h2' && accept !== acceptFor(request.key)) {
      throw new Expectation(
        `Sec-WebSocket-Accept: ${acceptFor(request.key)}`,
        `${accept ?? 'none'} came`,
        'value',
        'sec-websocket-accept',
      );
    }
    const [deflate, takeover] = [namesDeflate(response), allowsTakeover(response)];
    const { auto = true, earlyFrame } = options;
    const glued = earlyFrame ? { glued: { ...earlyFrame, at: request.at } } : {};
    const { patience } = this.#setting;
    trace.conversation = new Conversation(request, answer, { patience, auto, deflate, takeover, ...glued });
    return trace.conversation;
  }

  async #abandon(options: DialOptions, after: number): Promise<ProbeRequest> {
    const key = options.key ?? this.#random(16).toString('base64');
    await this.#ask({ ...options, key, answerWithin: after }).catch((error: unknown) => {
      if (!(error instanceof NoAnswer && error.kind === 'timeout')) throw error;
    });
    return this.#traces.find(({ request }) => request.key === key)!.request;
  }

  async #ask(options?: AskOptions, before?: FullAnswer): Promise<FullAnswer> {
    const earlier = before && this.#traces.find((trace) => trace.request === before.request);
    const trace = await this.#handshake(this.#setting.endpoint, options ?? {}, earlier?.answer);
    const { request, answer } = trace;
    const { response, switched } = answer!;
    const body = switched ? Buffer.alloc(0) : await readBody(new Body(answer!), this.#setting.patience);
    trace.body = sampleOf(body);
    return { request, response, body, stamped: this.#stamped(trace) };
  }

  async #open(options?: AskOptions): Promise<OpenAnswer> {
    const trace = await this.#handshake(this.#setting.endpoint, options ?? {});
    trace.open = new OpenAnswer(trace.request, trace.answer!, this.#stamped(trace), this.#setting.patience);
    return trace.open;
  }

  #notePassed(): void {
    const at = now();
    this.#setting.passed?.push(at);
    this.#ownPassed.add(at);
  }

  /** Answers that have come through to other probes just now. */
  #beside(): number {
    const since = now() - BESIDE;
    return this.#setting.passed?.filter((at) => at >= since && !this.#ownPassed.has(at)).length ?? 0;
  }

  #stamped({ request, answer }: Trace): boolean {
    return answer?.response.get('x-wsproof-origin') === this.#setting.stampFor(request.nonce);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new Error('the run was stopped'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Tries one probe once, on connections of its own, and closes all of them. */
export function attempt(probe: Probe, setting: Setting): Promise<Outcome> {
  return new Attempt(probe, setting).run();
}
