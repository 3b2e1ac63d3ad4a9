import type { RunCertificates } from '../wire/certificate.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';

/** The directive of this proxy that cures a symptom. */
export interface Fix {
  readonly text: string;
  /** Lines for the proxy's configuration. */
  readonly config?: string;
  readonly docs?: string;
}

/** A known outcome of a probe at a target: measured, and kept with the proxy, so that a change is news. */
export interface Expected {
  readonly verdict: 'pass' | 'fail' | 'warn';
  /** The symptoms that it is known by; another one is news. Default: any. */
  readonly symptom?: readonly string[];
  readonly because?: string;
  /** It holds now and then: where it does, that is no news. */
  readonly race?: true;
  /** It is known of another configuration: where it comes out better here, that is no news. */
  readonly elsewhere?: true;
}

/** What a target asks of the origin of the run. */
export interface OriginNeeds {
  /** It must listen where containers can reach it, not on loopback alone. */
  readonly reachableFromContainers?: boolean;
  /** It must listen on this very port (`--origin local:9000`). */
  readonly port?: number;
  /** There is no origin of ours behind this target (`--origin none`). */
  readonly foreign?: boolean;
  /** The origin behind this target runs elsewhere and knows this token (`--origin remote`). */
  readonly remote?: { readonly token: string };
  /** It speaks TLS to the origin. */
  readonly tls?: boolean;
  /** It balances over two origins, which are its own: probes take them down. */
  readonly two?: boolean;
}

/** What a probe may ask of a target beyond passing traffic on. */
export type Capability = 'reload' | 'stop' | 'memory' | 'two-origins';

/** Where an origin is. */
export interface OriginPlace {
  /** How whoever is in front of it reaches it. Default: it is on this machine. */
  readonly address?: string;
  readonly port: number;
  readonly tlsPort: number;
}

/** One proxy of a chain that runs. */
export interface Hop {
  readonly name: string;
  /** The chain from here inward. */
  readonly behind: Endpoint;
  /** One more of this proxy with the origin right behind it; it is started when it is asked for. @throws EnvironmentError */
  alone(): Promise<Endpoint>;
  fix(symptom: string): Fix | undefined;
  /** What is known of a probe at this proxy. */
  expected(probe: string): Expected | undefined;
}

/** What a target is started with. Everything in it belongs to one run. */
export interface Surroundings {
  readonly runId: string;
  readonly origin: OriginPlace;
  /** The second one, for a target that needs two. */
  readonly secondOrigin?: { readonly port: number; readonly tlsPort: number };
  /** Lets the origin listen on one more port of this machine, for an upstream that it stands in for: `app:3000`. */
  readonly listenAs: (upstream: string) => Promise<{ readonly port: number }>;
  /**
   * Whether something came to the origin since then (ms, monotonic clock) that is no request which it can read. Where it can
   * be asked, a proxy that gets that far is ready: what it speaks is for probes to find.
   */
  readonly knocked?: ((since: number) => Promise<boolean>) | undefined;
  readonly certificates: RunCertificates;
  /** Aborted when the run stops: a start that is under way must end and leave nothing behind. */
  readonly signal: AbortSignal;
  /** Progress in words for whoever watches: "pulling nginx:1.30". */
  readonly tell: (progress: string) => void;
  /** Leave it running when the run is over (`--keep`). */
  readonly keep?: boolean;
}

/** A target that is up. Whoever started it stops it. */
export interface RunningTarget {
  readonly endpoint: Endpoint;
  /** The version of what really runs. */
  readonly version?: string;
  readonly image?: string;
  readonly digest?: string;
  /** What the client's address is to it, where that is another one in each run. */
  readonly seesClientAs?: string;
  /** Where other containers of the engine reach it. */
  readonly inside?: { readonly host: string; readonly port: number };
  /** The proxies that it consists of, the outermost first, when they are several. */
  readonly hops?: readonly Hop[];
  /** What its answers have come through, as far as they tell. */
  readonly loadBalancers?: readonly { readonly title: string; readonly sign: string; readonly page: string }[];
  /** The last lines of its log. */
  log(): Promise<string>;
  /** Why it is not running any more ("exited with code 1", "killed: out of memory"), or undefined while it runs. */
  obituary(): Promise<string | undefined>;
  /** Makes it read its configuration again without an end (`nginx -s reload`). */
  reload?(): Promise<void>;
  /** Asks it to end as an orderly shutdown does (SIGTERM); resolves when it was asked. */
  terminate?(): Promise<void>;
  /** Bytes of memory that it holds now, all of its processes together. */
  memory?(): Promise<number>;
  stop(): Promise<void>;
}

/** A column of the matrix: one proxy in one version and variant over one transport, or an address. */
export interface Target {
  /** `nginx@1.30:websocket/ws`, `http-proxy:websocket/ws`, or the address. */
  readonly id: string;
  readonly proxy: string;
  /** The version that is asked for. */
  readonly version?: string;
  readonly variant: string;
  readonly transport: Transport;
  /** How a user names it on the command line. */
  readonly spec: string;
  /** What has to stand beside that: `--runtime local`. */
  readonly flags?: string;
  /** It runs already, and is asked by its address. */
  readonly deployed?: true;
  /** What `--image` calls the images of the containers that it runs in: `nginx`, `nginx@1.30`. None: it runs in no container. */
  readonly images?: readonly string[];
  /** The folder of its proxy.yaml, where what is known of it is kept; none for a bare module and for an address. */
  readonly folder?: string;
  /** The configuration files it runs with, for the report. */
  readonly config: readonly { readonly path: string; readonly text: string }[];
  /** What whoever reads its results should know of it, in sentences. */
  readonly notes?: readonly string[];
  readonly originNeeds: OriginNeeds;
  /** Default: none. */
  readonly capabilities?: readonly Capability[];
  /** The known outcome of a probe in the version that really runs. */
  expected(probe: string, version: string | undefined): Expected | undefined;
  /** The fix for a symptom in the version that really runs. */
  fix(symptom: string, version: string | undefined): Fix | undefined;
  /** @throws EnvironmentError when it cannot be brought up; then nothing is left of it */
  start(surroundings: Surroundings): Promise<RunningTarget>;
}
