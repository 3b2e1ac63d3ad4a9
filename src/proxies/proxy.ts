import type { Certificate } from '../wire/certificate.ts';
import type { Transport } from '../wire/endpoint.ts';

/** Where the origin is, as the proxy has to address it. */
export interface OriginAddress {
  readonly host: string;
  readonly port: number;
  /** The origin's port for TLS, when it speaks TLS in this run. */
  readonly tlsPort?: number;
}

/** What a proxy is started with. */
export interface StartOptions {
  readonly origin: OriginAddress;
  /** The second origin, for a variant that balances over two. */
  readonly secondOrigin?: OriginAddress;
  readonly variant: string;
  /** The certificate made for this run, for a proxy that terminates TLS. */
  readonly tls?: Certificate;
  /** From the variant's `options` in proxy.yaml. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A proxy that a module has started. */
export interface ModuleRun {
  /** The port of each transport that it serves, on 127.0.0.1. */
  readonly ports: Partial<Record<Transport, number>>;
  /** The version of what runs, if the module knows it. */
  readonly version?: string;
  reload?(): Promise<void>;
  close(): Promise<void>;
}

/** What a module target (`./my-proxy.mjs`) exports as its default. */
export interface ModuleProxy {
  readonly name: string;
  start(options: StartOptions): Promise<ModuleRun>;
}
