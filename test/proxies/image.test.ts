import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseImage, imageVariable } from '../../src/proxies/image.ts';

describe('the image of a proxy', () => {
  const choose = (
    version: string | undefined,
    flags: Record<string, string> = {},
    env: Record<string, string> = {},
  ): string => {
    const { image, version: chosen } = chooseImage('nginx', 'nginx:1.30', version, { flags, env });
    return `${image} as ${chosen}`;
  };

  it('is the official one, with the usual tag or with the version asked for', () => {
    assert.equal(choose(undefined), 'nginx:1.30 as 1.30');
    assert.equal(choose('1.18'), 'nginx:1.18 as 1.18');
  });

  it('gets the version as its tag when another one is named without a tag', () => {
    assert.equal(choose(undefined, { nginx: 'mirror.test:5000/nginx' }), 'mirror.test:5000/nginx:1.30 as 1.30');
    assert.equal(choose('1.18', { nginx: 'mirror.test:5000/nginx' }), 'mirror.test:5000/nginx:1.18 as 1.18');
    assert.equal(choose('1.18', {}, { WSPROOF_IMAGE_NGINX: 'mirror/nginx' }), 'mirror/nginx:1.18 as 1.18');
  });

  it('is taken as it is when it has a tag or a digest, unless a version is asked for', () => {
    assert.equal(choose(undefined, { nginx: 'mirror/nginx:1.22-alpine' }), 'mirror/nginx:1.22-alpine as 1.22-alpine');
    assert.equal(choose('1.18', { nginx: 'mirror/nginx:1.22' }), 'mirror/nginx:1.18 as 1.18');
    assert.equal(choose(undefined, { nginx: 'mirror/nginx@sha256:abc' }), 'mirror/nginx@sha256:abc as undefined');
    assert.equal(choose(undefined, { nginx: 'mirror/nginx:1.2@sha256:abc' }), 'mirror/nginx:1.2@sha256:abc as 1.2');
  });

  it('is taken as it is when it is named for this version', () => {
    const flags = { nginx: 'mirror/nginx', 'nginx@1.18': 'local/nginx:old' };
    assert.equal(choose('1.18', flags), 'local/nginx:old as 1.18');
    assert.equal(choose('1.22', flags), 'mirror/nginx:1.22 as 1.22');
    assert.equal(choose(undefined, { 'nginx@1.30': 'local/nginx:new' }), 'local/nginx:new as 1.30');
  });

  it('prefers the flag to the environment, and no value to an empty one', () => {
    assert.equal(
      choose(undefined, { nginx: 'flag/nginx' }, { WSPROOF_IMAGE_NGINX: 'env/nginx' }),
      'flag/nginx:1.30 as 1.30',
    );
    assert.equal(choose(undefined, {}, { WSPROOF_IMAGE_NGINX: '' }), 'nginx:1.30 as 1.30');
  });

  it('has a variable of its own for each proxy', () => {
    assert.equal(imageVariable('vinyl-cache'), 'WSPROOF_IMAGE_VINYL_CACHE');
  });
});
