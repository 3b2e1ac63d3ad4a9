import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeText, FAREWELL, HixieReader, numberIn, proofOf } from '../../src/wire/hixie.ts';

describe('the drafts before RFC 6455', () => {
  it('hide a number in a key by its digits and its spaces', () => {
    // draft-hixie-thewebsocketprotocol-76 §1.3 has these keys and these numbers.
    assert.equal(numberIn('18x 6]8vM;54 *(5:  {   U1]8  z [  8'), 155712099);
    assert.equal(numberIn('1_ tx7X d  <  nw  334J702) 7]o}` 0'), 173347027);
    assert.equal(numberIn('12345'), undefined);
  });

  it('prove with both keys and eight bytes that the handshake was read', () => {
    const proof = proofOf('4 @1  46546xW%0l 1 5', '12998 5 Y3 1  .P00', Buffer.from('^n:ds[4U'));
    assert.equal(proof?.toString('latin1'), "8jKS'y:G*Co,Wxa-");
    assert.equal(proofOf('no number', '12998 5 Y3 1  .P00', Buffer.alloc(8)), undefined);
  });

  it('put text between 0x00 and 0xFF, however it is cut', () => {
    const reader = new HixieReader();
    const bytes = Buffer.concat([encodeText('one'), encodeText('zwölf'), encodeText(''), FAREWELL]);
    const messages = [...bytes].flatMap((byte) => reader.push(Buffer.from([byte])));
    assert.deepEqual(messages, ['one', 'zwölf', '', undefined]);
  });

  it('pass over what is neither text nor a farewell', () => {
    assert.deepEqual(new HixieReader().push(Buffer.concat([Buffer.from([0x01, 0x41, 0xff]), encodeText('two')])), [
      'two',
    ]);
  });
});
