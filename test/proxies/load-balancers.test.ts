import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { symptoms } from '../../src/diagnosis/symptoms.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { readLoadBalancers, recognize } from '../../src/proxies/load-balancers.ts';
import { type Field, ResponseHead } from '../../src/wire/head.ts';
import { openSurroundings } from './surroundings.ts';

/** Who is recognized by these fields, and by what. */
async function told(...fields: Field[]): Promise<[string, string][]> {
  const found = recognize(await readLoadBalancers(), new ResponseHead('HTTP/1.1 200 OK', fields));
  return found.map(({ page, sign }) => [page.replace(/^docs\/load-balancers\/|\.md$/g, ''), sign]);
}

describe('a load balancer that cannot be run here', () => {
  const answers: [fields: Field[], ...who: [string, string][]][] = [
    [[['Server', 'awselb/2.0']], ['aws-alb', 'server: awselb/2.0']],
    [[['Set-Cookie', 'AWSALB=c2VjcmV0; Path=/']], ['aws-alb', 'set-cookie: AWSALB=']],
    [[['x-amz-apigw-id', 'abc']], ['aws-api-gateway', 'x-amz-apigw-id']],
    [[['Via', '1.1 google']], ['google-cloud', 'via: 1.1 google']],
    [
      [['Server', 'Microsoft-Azure-Application-Gateway/v2']],
      ['azure-application-gateway', 'server: Microsoft-Azure-Application-Gateway/v2'],
    ],
    [[['Set-Cookie', 'INGRESSCOOKIE=1700000000.1; Path=/']], ['ingress-nginx', 'set-cookie: INGRESSCOOKIE=']],
    [[['server', 'istio-envoy']], ['istio', 'server: istio-envoy']],
    [
      [
        ['Server', 'cloudflare'],
        ['CF-RAY', '8a1-VIE'],
        ['Via', '1.1 kong/3.9.0'],
      ],
      ['cloudflare', 'cf-ray'],
      ['kong', 'via: kong/3.9.0'],
    ],
    [
      [
        ['Server', 'nginx'],
        ['Via', '1.1 varnish'],
      ],
    ],
  ];
  for (const [fields, ...who] of answers) {
    it(`is recognized by ${fields.map(([name]) => name).join(' and ')}: ${who.map(([name]) => name).join(', ') || 'nobody'}`, async () => {
      assert.deepEqual(await told(...fields), who);
    });
  }

  it('has fixes for symptoms that there are', async () => {
    const ids = symptoms.map(({ id }) => id);
    const named = (await readLoadBalancers()).flatMap(({ fixes }) => Object.keys(fixes));
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('is found in front of an address, and its fixes are those of the address', async () => {
    const server = createServer((_, response) => response.setHeader('Server', 'awselb/2.0').end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const surroundings = await openSurroundings('load-balancer');
    try {
      const [target] = await loadTargets([`ws://127.0.0.1:${(server.address() as AddressInfo).port}`]);
      assert.equal(target!.fix('idle-cut', undefined), undefined);
      const { loadBalancers } = await target!.start(surroundings);
      assert.deepEqual(
        loadBalancers!.map(({ title }) => title),
        ['AWS Application Load Balancer'],
      );
      assert.match(target!.fix('idle-cut', undefined)!.config!, /idle_timeout\.timeout_seconds/);
      assert.equal(target!.fix('no-such-symptom', undefined), undefined);
    } finally {
      await surroundings.close();
      server.close();
    }
  });
});
